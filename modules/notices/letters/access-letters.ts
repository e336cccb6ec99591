import type { AccessMail } from '@opora/access'
import type { MailOrder } from '@opora/channels'
import { speak } from '@opora/platform/i18n'
import { noticeWords } from '../notices.words.ts'

/** Letters of the sign-in: links that work once, and warnings that something changed. */
export function accessLetter(
  company: string,
  publicUrl: string,
  mail: AccessMail,
): Pick<MailOrder, 'subject' | 'letter'> {
  const say = speak(noticeWords, mail.locale)
  const words = {
    'access.magic_link': { subject: say('magic_link_subject'), body: say('magic_link_body'), button: say('sign_in') },
    'access.reset_password': { subject: say('reset_subject'), body: say('reset_body'), button: say('set_password') },
    'access.invitation': {
      subject: say('invitation_subject'),
      body: say('invitation_body'),
      button: say('set_password'),
    },
    'access.password_changed': {
      subject: say('password_changed_subject'),
      body: say('password_changed_body'),
      button: null,
    },
    'access.second_factor_off': {
      subject: say('second_factor_off_subject'),
      body: say('second_factor_off_body'),
      button: null,
    },
    'access.audit_seal': {
      subject: say('audit_seal_subject'),
      body: say('audit_seal_body', {
        number: String(mail.data['number'] ?? ''),
        at: String(mail.data['at'] ?? ''),
        seal: String(mail.data['seal'] ?? ''),
      }),
      button: null,
    },
  }[mail.kind]
  const links = mail.data.path && words.button ? [{ label: words.button, url: `${publicUrl}${mail.data.path}` }] : []
  return {
    subject: words.subject,
    letter: {
      locale: mail.locale,
      title: company,
      body: { text: mail.data.name === '' ? words.body : `${say('hello', { name: mail.data.name })}\n\n${words.body}` },
      links,
      asksForReply: false,
    },
  }
}
