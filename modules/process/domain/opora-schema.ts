/** The namespace of the product's own elements inside a BPMN file, and its usual prefix. */
export const OPORA_NAMESPACE = 'http://opora/schema/process/1.0'

const text = (name: string) => ({ name, isAttr: true, type: 'String' })
const many = (name: string, type: string) => ({ name, type, isMany: true })

/**
 * The product's extension elements, described for moddle. The reader, the viewer and a designer use this one
 * description; what it does not name inside the namespace is refused.
 */
export const oporaSchema = {
  name: 'Opora',
  uri: OPORA_NAMESPACE,
  prefix: 'opora',
  xml: { tagAlias: 'lowerCase' },
  types: [
    { name: 'Named', extends: ['bpmn:BaseElement'], properties: [text('nameEn')] },
    { name: 'TimerUnit', extends: ['bpmn:TimerEventDefinition', 'bpmn:FormalExpression'], properties: [text('unit')] },
    {
      name: 'Instruction',
      superClass: ['Element'],
      properties: [text('lang'), { name: 'text', isBody: true, type: 'String' }],
    },
    { name: 'Lane', superClass: ['Element'], properties: [text('role'), many('instructions', 'Instruction')] },
    {
      name: 'Place',
      superClass: ['Element'],
      properties: [
        text('role'),
        text('takers'),
        text('statusStaffRu'),
        text('statusStaffEn'),
        text('statusClientRu'),
        text('statusClientEn'),
        text('clockEffect'),
        text('phase'),
        many('instructions', 'Instruction'),
      ],
    },
    {
      name: 'Outcome',
      superClass: ['Element'],
      properties: [
        text('id'),
        text('labelRu'),
        text('labelEn'),
        text('style'),
        text('needs'),
        text('by'),
        many('fields', 'Field'),
      ],
    },
    {
      name: 'Field',
      superClass: ['Element'],
      properties: [
        text('name'),
        text('type'),
        text('labelRu'),
        text('labelEn'),
        { name: 'required', isAttr: true, type: 'Boolean', default: true },
        text('dictionary'),
        many('options', 'Option'),
      ],
    },
    { name: 'Option', superClass: ['Element'], properties: [text('value'), text('labelRu'), text('labelEn')] },
    { name: 'Action', superClass: ['Element'], properties: [text('name'), many('params', 'Param')] },
    { name: 'Param', superClass: ['Element'], properties: [text('name'), text('value'), text('from')] },
    {
      name: 'Set',
      superClass: ['Element'],
      properties: [text('fact'), text('value'), text('from'), text('expression')],
    },
    { name: 'Remember', superClass: ['Element'], properties: [text('as')] },
    { name: 'Return', superClass: ['Element'], properties: [text('to'), text('otherwise')] },
  ],
}
