/** One step of a ticket: a button that a person of the provider or of the client presses, or something that happens to it. */
export type Move =
  | { place: string; outcome: string; by: string; needs?: 'reply' | 'note' }
  | {
      place: string
      happens: 'client_writes' | 'confirmed' | 'accepted' | 'rated' | 'timer' | 'estimate' | 'approved' | 'merged'
    }

const step = (place: string, outcome: string, by: string, needs?: 'reply' | 'note'): Move => ({
  place,
  outcome,
  by,
  ...(needs ? { needs } : {}),
})
const wait = (place: string, happens: Extract<Move, { happens: string }>['happens']): Move => ({ place, happens })

const pass = [step('l1_classify', 'pass_on', 'l1')]
const to = (outcome: string) => [...pass, step('im_route', outcome, 'im')]
const end = [wait('confirm', 'confirmed'), wait('rating', 'rated')]
const tested = [step('qa_test', 'passed', 'qa'), ...end]
const install = [
  step('dev_build', 'done', 'dev', 'note'),
  step('qa_copy', 'passed', 'qa'),
  step('it_window', 'agreed', 'it'),
  wait('it_planned', 'timer'),
  step('it_install', 'installed', 'it'),
  wait('client_accept', 'accepted'),
]
const asked = [step('l1_classify', 'ask_client', 'l1', 'reply'), wait('waits_client', 'client_writes')]

/** The ways through the shipped process that the story's tickets take, by name. */
export const paths: Record<string, Move[]> = {
  answered: [step('l1_classify', 'answer', 'l1', 'reply'), ...end],
  asked: [...asked, step('l1_classify', 'answer', 'l1', 'reply'), ...end],
  askedThenIncident: [...asked, ...to('incident'), step('it_diagnose', 'solved', 'it', 'note'), ...tested],
  merged: [wait('l1_classify', 'merged')],
  rejected: [step('l1_classify', 'reject', 'l1')],
  consultation: [...to('consultation'), step('it_consult', 'answer', 'it', 'reply'), ...end],
  service: [...to('service_request'), step('it_service', 'done', 'it', 'reply'), ...end],
  incident: [...to('incident'), step('it_diagnose', 'solved', 'it', 'note'), ...tested],
  developer: [
    ...to('incident'),
    step('it_diagnose', 'developer', 'it', 'note'),
    step('dev_fix', 'fixed', 'dev', 'note'),
    ...tested,
  ],
  failedTest: [
    ...to('incident'),
    step('it_diagnose', 'developer', 'it', 'note'),
    step('dev_fix', 'fixed', 'dev', 'note'),
    step('qa_test', 'failed', 'qa', 'note'),
    step('dev_fix', 'fixed', 'dev', 'note'),
    ...tested,
  ],
  integrator: [
    ...to('incident'),
    step('it_diagnose', 'integrator', 'it'),
    step('in_work', 'done', 'in', 'note'),
    ...tested,
  ],
  vendor: [
    ...to('incident'),
    step('it_diagnose', 'vendor', 'it'),
    step('vendor_wait', 'answered', 'it', 'note'),
    step('it_diagnose', 'solved', 'it', 'note'),
    ...tested,
  ],
  accident: [
    ...to('accident'),
    step('acc_fix', 'fixed', 'it', 'note'),
    step('qa_test', 'passed', 'qa'),
    wait('confirm', 'confirmed'),
    step('im_postmortem', 'done', 'im'),
    wait('rating', 'rated'),
  ],
  workaround: [
    ...to('accident'),
    step('acc_fix', 'workaround', 'it'),
    step('qa_test', 'passed', 'qa'),
    wait('confirm', 'confirmed'),
    step('im_postmortem', 'done', 'im'),
    wait('rating', 'rated'),
  ],
  change: [
    ...to('change'),
    step('an_specify', 'covered', 'an'),
    step('rb_board', 'approve', 'rb'),
    ...install,
    wait('rating', 'rated'),
  ],
  estimated: [
    ...to('change'),
    wait('an_specify', 'estimate'),
    wait('estimate_approval', 'approved'),
    step('rb_board', 'approve', 'rb'),
    ...install,
    wait('rating', 'rated'),
  ],
  emergency: [
    ...to('change'),
    step('an_specify', 'emergency', 'an', 'note'),
    ...install,
    step('rb_after', 'approve', 'rb'),
    wait('rating', 'rated'),
  ],
}
