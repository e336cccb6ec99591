/** For tests of the whole house: a real IMAP server, an SMTP client that does what it is told, and the reader of letters. */
export { parseMail } from './mail/parse.ts'
export { type Dovecot, startDovecot } from './testkit/dovecot.ts'
export { beginLetter, rawSmtp } from './testkit/smtp-client.ts'
