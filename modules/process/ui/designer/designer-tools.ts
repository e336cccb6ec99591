/** What the board offers: the elements that the product runs, and nothing that publishing would refuse. */

type Entries = Record<string, Entry | undefined>
interface Entry {
  group?: string
  className?: string
  title?: string
  separator?: boolean
  action?: unknown
}
interface Provided {
  registerProvider(priority: number, provider: unknown): void
}
interface PopupMenus {
  registerProvider(id: string, priority: number, provider: unknown): void
}
interface Shape {
  x: number
}
interface Tools {
  create: { start(event: unknown, shape: unknown, context?: unknown): void }
  elementFactory: { createShape(what: { type: string }): unknown }
  autoPlace: { append(source: unknown, shape: unknown): Shape }
}

// After the board's own providers, so that their entries can be gone over.
const LAST = 100
const NOT_RUN = /data-|group|compensation|condition|collection/
const NOT_IN_MENU =
  /replace-with-(task|script-task|complex|transaction|.*event-subprocess|.*ad-hoc|cancel|.*compensation|.*conditional-(start|intermediate|boundary)|non-interrupting-conditional|conditional-(?!flow)|data-)/

class RunnablePalette {
  static readonly $inject = ['palette', 'create', 'elementFactory', 'translate']
  private readonly create: Tools['create']
  private readonly elementFactory: Tools['elementFactory']
  private readonly translate: (text: string) => string

  constructor(
    palette: Provided,
    create: Tools['create'],
    elementFactory: Tools['elementFactory'],
    translate: (text: string) => string,
  ) {
    this.create = create
    this.elementFactory = elementFactory
    this.translate = translate
    palette.registerProvider(LAST, this)
  }

  getPaletteEntries() {
    const start = (type: string) => (event: unknown) =>
      this.create.start(event, this.elementFactory.createShape({ type }))
    return (entries: Entries): Entries => {
      const kept = Object.entries(entries).filter(([id]) => !NOT_RUN.test(id) && id !== 'create.task')
      const task = (type: string, icon: string, title: string): Entry => ({
        ...{ group: 'activity', className: icon, title: this.translate(title) },
        action: { dragstart: start(type), click: start(type) },
      })
      return {
        ...Object.fromEntries(kept),
        'create.user-task': task('bpmn:UserTask', 'bpmn-icon-user-task', 'Create user task'),
        'create.service-task': task('bpmn:ServiceTask', 'bpmn-icon-service-task', 'Create service task'),
      }
    }
  }
}

class RunnablePad {
  static readonly $inject = ['contextPad', 'create', 'elementFactory', 'autoPlace', 'translate']
  private readonly tools: Tools
  private readonly translate: (text: string) => string

  constructor(
    contextPad: Provided,
    create: Tools['create'],
    elementFactory: Tools['elementFactory'],
    autoPlace: Tools['autoPlace'],
    translate: (text: string) => string,
  ) {
    this.tools = { create, elementFactory, autoPlace }
    this.translate = translate
    contextPad.registerProvider(LAST, this)
  }

  getContextPadEntries() {
    const { create, elementFactory, autoPlace } = this.tools
    const shape = () => elementFactory.createShape({ type: 'bpmn:UserTask' })
    return (entries: Entries): Entries => {
      const kept = Object.fromEntries(Object.entries(entries).filter(([id]) => !NOT_RUN.test(id)))
      if (!kept['append.append-task']) return kept
      kept['append.append-task'] = {
        ...{ group: 'model', className: 'bpmn-icon-user-task', title: this.translate('Append user task') },
        action: {
          click: (_event: unknown, source: unknown) => autoPlace.append(source, shape()),
          dragstart: (event: unknown, source: unknown) => create.start(event, shape(), { source }),
        },
      }
      return kept
    }
  }
}

class RunnableMenu {
  static readonly $inject = ['popupMenu']

  constructor(popupMenu: PopupMenus) {
    popupMenu.registerProvider('bpmn-replace', LAST, this)
  }

  getPopupMenuEntries() {
    return (entries: Entries): Entries =>
      Object.fromEntries(Object.entries(entries).filter(([id]) => !NOT_IN_MENU.test(id)))
  }

  getPopupMenuHeaderEntries() {
    return (entries: Entries): Entries =>
      Object.fromEntries(Object.entries(entries).filter(([id]) => !id.includes('collection')))
  }
}

export const designerTools = {
  __init__: ['runnablePalette', 'runnablePad', 'runnableMenu'],
  runnablePalette: ['type', RunnablePalette],
  runnablePad: ['type', RunnablePad],
  runnableMenu: ['type', RunnableMenu],
}
