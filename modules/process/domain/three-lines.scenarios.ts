/** Values that satisfy every field and message of the shipped outcomes. */
export const DATA = {
  reply: 'Проверьте, пожалуйста',
  note: 'Причина найдена',
  reason: 'off_topic',
  priority: '3',
  remainder: 'Заменить диск',
  partner: 'Партнёр',
  vendor_topic: 'basic_settings',
  vendor_number: 'V-100',
  checklist_done: true,
  specification: 'Добавить поле',
  report: ['file-1'],
  window_at: '2026-03-02T19:00:00Z',
  rollback_plan: 'Восстановить копию',
  summary: 'Кончилось место',
  score: '5',
}

export interface Scenario {
  tale: string
  /** `outcome` of the present place, `!message` or `@timer`, in order. */
  steps: string
  /** Where each step leads. */
  places: string
  /** Actions asked for on the way. */
  actions: string
}

export const SCENARIOS: Scenario[] = [
  {
    tale: 'the first line answers, the client confirms and rates, a month later it is archived',
    steps: 'answer confirm rate @archive',
    places: 'confirm rating closed end',
    actions: 'ask_rating',
  },
  {
    tale: 'a message off topic is rejected with a reason',
    steps: 'reject',
    places: 'closed',
    actions: 'reject notify_client',
  },
  {
    tale: 'information is asked for and comes back to whoever asked',
    steps: 'ask_client !client.wrote pass_on ask_client resume incident ask_client @reminder !client.wrote',
    places: 'waits_client l1_classify im_route waits_client im_route it_diagnose waits_client waits_client it_diagnose',
    actions: 'set_kind remind_client',
  },
  {
    tale: 'a client who never answers is told that the ticket closes',
    steps: 'ask_client no_answer',
    places: 'waits_client closed',
    actions: 'reject notify_client',
  },
  {
    tale: 'an accident: alarm, work-around, test, silence confirms, post-mortem',
    steps: 'pass_on accident workaround passed @silence done !client.rated',
    places: 'im_route acc_fix qa_test confirm im_postmortem rating closed',
    actions:
      'set_kind set_priority page_on_call gather_linked notify_touched workaround open_follow_up confirmed_by_silence ask_rating',
  },
  {
    tale: 'an accident whose fix fails its test goes back to whoever fixed it',
    steps: 'pass_on accident fixed failed reroute return_l1',
    places: 'im_route acc_fix qa_test acc_fix im_route l1_classify',
    actions: 'set_kind set_priority page_on_call gather_linked notify_touched',
  },
  {
    tale: 'an incident solved by the second line, returned by the client, solved again',
    steps: 'pass_on incident solved failed solved passed !client.wrote solved passed return solved',
    places: 'im_route it_diagnose qa_test it_diagnose qa_test confirm it_diagnose qa_test confirm it_diagnose qa_test',
    actions: 'set_kind returned returned',
  },
  {
    tale: 'an incident passed to a developer, who hands it back and later fixes it',
    steps: 'pass_on incident developer back developer fixed failed fixed passed',
    places: 'im_route it_diagnose dev_fix it_diagnose dev_fix qa_test dev_fix qa_test confirm',
    actions: 'set_kind',
  },
  {
    tale: 'an incident passed to an integrator and to the vendor',
    steps:
      'pass_on incident integrator !partner.answered integrator back vendor !vendor.answered vendor answered integrator done passed',
    places:
      'im_route it_diagnose in_work it_diagnose in_work it_diagnose vendor_wait it_diagnose vendor_wait it_diagnose in_work qa_test confirm',
    actions: 'set_kind share_with_partner share_with_partner keep_vendor_number keep_vendor_number share_with_partner',
  },
  {
    tale: 'an incident that needs an estimate waits for it and goes on where it was',
    steps:
      'pass_on incident ask_estimate !estimate.asked ask_estimate !estimate.declined ask_estimate !estimate.approved solved',
    places:
      'im_route it_diagnose estimate_approval it_diagnose estimate_approval it_diagnose estimate_approval it_diagnose qa_test',
    actions: 'set_kind ask_estimate ask_estimate ask_estimate',
  },
  {
    tale: 'a change: estimate, board, development, test on a copy, window, installation, acceptance',
    steps: 'pass_on change offer !estimate.approved approve done passed agreed @window_opens installed accept rate',
    places:
      'im_route an_specify estimate_approval rb_board dev_build qa_copy it_window it_planned it_install client_accept rating closed',
    actions: 'set_kind ask_estimate call_board plan_window ask_rating',
  },
  {
    tale: 'a change that fails in every way and is installed by the pipeline at last',
    steps:
      'pass_on change offer !estimate.approved approve done passed agreed reschedule agreed start_now rolled_back done failed done passed agreed start_now !deployment.done return respecify covered rework close',
    places:
      'im_route an_specify estimate_approval rb_board dev_build qa_copy it_window it_planned it_window it_planned it_install dev_build qa_copy dev_build qa_copy it_window it_planned it_install client_accept dev_build an_specify rb_board an_specify closed',
    actions:
      'set_kind ask_estimate call_board plan_window plan_window plan_window returned call_board reject notify_client',
  },
  {
    tale: 'an emergency change is approved afterwards',
    steps:
      'pass_on change emergency done passed agreed start_now installed @accept_silence disapprove done passed agreed @window_opens installed accept approve @rating_silence',
    places:
      'im_route an_specify dev_build qa_copy it_window it_planned it_install client_accept rb_after dev_build qa_copy it_window it_planned it_install client_accept rb_after rating closed',
    actions: 'set_kind plan_window confirmed_by_silence reopen plan_window ask_rating',
  },
  {
    tale: 'the board rejects a change, and a withdrawn estimate returns to the analyst',
    steps: 'pass_on change offer withdraw covered reject',
    places: 'im_route an_specify estimate_approval an_specify rb_board closed',
    actions: 'set_kind ask_estimate withdraw_estimate call_board reject notify_client',
  },
  {
    tale: 'a consultation is answered; after closing the client writes and it opens again',
    steps:
      'pass_on consultation answer confirm !client.wrote answer confirm rate !client.wrote answer confirm rate reopen',
    places:
      'im_route it_consult confirm rating it_consult confirm rating closed it_consult confirm rating closed it_consult',
    actions: 'set_kind ask_rating reopen ask_rating reopen ask_rating reopen',
  },
  {
    tale: 'a service request is done by its checklist',
    steps: 'pass_on service_request reroute service_request done confirm',
    places: 'im_route it_service im_route it_service confirm rating',
    actions: 'set_kind set_kind ask_rating',
  },
  {
    tale: 'a rejected ticket that opens again begins at the first line',
    steps: 'reject reopen',
    places: 'closed l1_classify',
    actions: 'reject notify_client reopen',
  },
  {
    tale: 'a client who writes during the post-mortem opens the accident again',
    steps: 'pass_on accident fixed passed confirm !client.wrote',
    places: 'im_route acc_fix qa_test confirm im_postmortem acc_fix',
    actions: 'set_kind set_priority page_on_call gather_linked notify_touched reopen',
  },
]
