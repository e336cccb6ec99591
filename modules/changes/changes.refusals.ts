import { declareRefusals } from '@opora/core'

/** Everything that the module of changes can refuse. Domain functions name these codes; verbs throw them. */
export const changeRefusals = declareRefusals({
  'change.not_found': { status: 404, ru: 'Изменение не найдено.', en: 'The change was not found.' },
  'change.exists': {
    status: 409,
    ru: 'У этой заявки уже есть изменение: откройте его и правьте.',
    en: 'The ticket has its change already: open that one and edit it.',
  },
  'change.board_decides': {
    status: 409,
    ru: 'Решает коллегия: изменение стоит в повестке, и решение сдвинет заявку само.',
    en: 'The board decides: the change is on its agenda, and its decision will move the ticket.',
  },
  'change.review_missing': {
    status: 409,
    ru: 'Экстренное изменение закрывается после рассмотрения коллегией.',
    en: 'An emergency change is closed once the board has reviewed it.',
  },
  'change.rollback_plan_missing': {
    status: 422,
    ru: 'Без плана отката установка не начинается: напишите, как вернуть всё назад.',
    en: 'Without a roll-back plan the installation does not begin: say how everything is put back.',
  },
  'change.not_approved': {
    status: 409,
    ru: 'Коллегия ещё не одобрила это изменение.',
    en: 'The board has not approved this change.',
  },
  'change.conditions_open': {
    status: 409,
    ru: 'Условия коллегии ещё не выполнены.',
    en: 'The board’s conditions are not met yet.',
  },
  'change.window_missing': { status: 409, ru: 'Окно не назначено.', en: 'No window is set.' },
  'change.window_backwards': {
    status: 422,
    ru: 'Окно заканчивается раньше, чем начинается.',
    en: 'The window ends before it begins.',
  },
  'change.window_past': {
    status: 422,
    ru: 'Это окно уже прошло.',
    en: 'This window is over already.',
  },
  'change.window_not_agreed': {
    status: 409,
    ru: 'Клиент ещё не согласовал окно.',
    en: 'The client has not agreed to the window.',
  },
  'change.window_not_asked': {
    status: 409,
    ru: 'Это окно не ждёт согласия.',
    en: 'This window is not waiting for consent.',
  },
  'change.frozen': {
    status: 409,
    ru: 'В это время установки запрещены: {reason}.',
    en: 'Nothing is installed at that time: {reason}.',
  },
  'change.conflicts': {
    status: 409,
    ru: 'На это время уже назначено другое: посмотрите и подтвердите или выберите иное окно.',
    en: 'Something else is planned for that time: look at it and confirm, or choose another window.',
  },
  'change.not_planned': {
    status: 409,
    ru: 'Установка уже начата или закончена.',
    en: 'The installation has begun or ended already.',
  },
  'change.not_installing': { status: 409, ru: 'Установка не идёт.', en: 'No installation is under way.' },
  'change.not_installed': {
    status: 409,
    ru: 'Итоги подводят после установки.',
    en: 'The result is reviewed after the installation.',
  },
  'change.under_way': {
    status: 409,
    ru: 'Установка идёт: план уже не меняется.',
    en: 'The installation is under way: the plan no longer changes.',
  },
  'change.template_missing': {
    status: 422,
    ru: 'Стандартному изменению нужен одобренный шаблон.',
    en: 'A standard change needs an approved template.',
  },
  'change.template_binds': {
    status: 422,
    ru: 'Стандартное изменение делается по шаблону: чтобы делать иначе, выберите обычное.',
    en: 'A standard change is done as its template says: to do otherwise, make it a normal one.',
  },
  'change.template_not_found': { status: 404, ru: 'Шаблон не найден.', en: 'The template was not found.' },
  'change.implementer_unknown': {
    status: 422,
    ru: 'Устанавливать может только действующий сотрудник.',
    en: 'Only an active employee may install.',
  },
  'change.implementer_votes': {
    status: 409,
    ru: 'Этот сотрудник голосует по изменению: назначьте другого или дождитесь решения.',
    en: 'This person has a vote on the change: name another, or wait for the decision.',
  },
  'change.portal_unknown': {
    status: 422,
    ru: 'У этого клиента нет такого портала.',
    en: 'This client has no such portal.',
  },
  'change.not_on_agenda': {
    status: 409,
    ru: 'Этого изменения нет в повестке.',
    en: 'This change is not on the agenda.',
  },
  'change.vote_open': {
    status: 409,
    ru: 'По этому изменению уже голосуют.',
    en: 'This change is being voted on already.',
  },
  'change.no_vote_open': { status: 409, ru: 'Голосование не открыто.', en: 'No vote is open.' },
  'change.scope_changed': {
    status: 409,
    ru: 'Изменение поменялось, прежние голоса не действуют: прочитайте и проголосуйте в новом раунде.',
    en: 'The change is not what it was and the earlier ballots are void: read it and vote in the new round.',
  },
  'change.already_voted': {
    status: 409,
    ru: 'Голос уже подан и не меняется.',
    en: 'The ballot is cast and does not change.',
  },
  'change.own_change': {
    status: 403,
    ru: 'Автор и исполнитель изменения по нему не голосуют.',
    en: 'Whoever wrote or installs a change has no vote on it.',
  },
  'change.no_seat': {
    status: 403,
    ru: 'В этом голосовании у вас нет голоса.',
    en: 'You have no vote in this round.',
  },
  'change.condition_missing': {
    status: 422,
    ru: 'Напишите условие.',
    en: 'Write the condition.',
  },
  'change.quorum_unreachable': {
    status: 409,
    ru: 'Голосовать могут {seats}, а кворум {quorum}: назначьте членов коллегии или измените правило.',
    en: '{seats} may vote and the quorum is {quorum}: appoint members or change the rule.',
  },
  'change.board_empty': {
    status: 409,
    ru: 'В коллегии никого нет: назначьте членов в настройках.',
    en: 'Nobody sits on the board: appoint members in the settings.',
  },
  'change.deadline_past': {
    status: 422,
    ru: 'Срок голосования должен быть впереди.',
    en: 'The deadline of the vote must lie ahead.',
  },
  'change.quorum_above_members': {
    status: 422,
    ru: 'Кворум {quorum} больше числа членов коллегии ({members}): решить не смог бы никто.',
    en: 'The quorum {quorum} is above the number of members ({members}): nobody could decide.',
  },
  'change.member_unfit': {
    status: 422,
    ru: 'Членом коллегии или его замещающим может быть сотрудник с ролью коллегии или директора.',
    en: 'A member of the board, or who stands in for one, holds the board’s role or the director’s.',
  },
  'change.delegation_invalid': {
    status: 422,
    ru: 'Передать голос можно другому человеку, до срока впереди и не дольше чем на 90 дней.',
    en: 'A seat is lent to another person, until a moment that lies ahead and for 90 days at most.',
  },
  'change.session_closed': { status: 409, ru: 'Заседание закрыто.', en: 'The session is closed.' },
  'change.session_open': {
    status: 409,
    ru: 'Протокол готов, когда заседание закрыто.',
    en: 'The minutes are there once the session is closed.',
  },
  'change.freeze_backwards': {
    status: 422,
    ru: 'Запрет заканчивается раньше, чем начинается.',
    en: 'The freeze ends before it begins.',
  },
  'change.hook_refused': {
    status: 401,
    ru: 'Подпись не подошла.',
    en: 'The signature does not fit.',
  },
})
