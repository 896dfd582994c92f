import { type Asked, wheres } from './asked.ts'

/** A search as one would say it: '“green parrot” in notes, written by me, last month'. */
export function askedInWords({ text, where, typed, personId, caseId }: Asked): string {
  const kind = wheres.find(one => one.where === where)
  const parts = [
    `${text} in ${where === 'written' || !kind ? 'everything written' : kind.text.toLowerCase()}`,
    personId && 'of one record',
    caseId && 'of one case',
    typed.service && `service ${typed.service.replaceAll('-', ' ')}`,
    typed.worker && `worked by ${typed.worker}`,
    typed.author && `written by ${typed.author}`,
    typed.when,
  ]
  return parts.filter(Boolean).join(', ')
}
