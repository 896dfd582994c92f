import { type SafeToContact, safeAlways } from '../../people/index.ts'
import type { PlainTime } from '../../platform/clock.ts'

export type ContactRules = {
  mobile: SafeToContact
  telephone: SafeToContact /** Words that were not understood; '' where all were. */
  rest: string
}

/**
 * Reads how somebody may be contacted from the words of an old system: 'Text only', 'Do not leave a message', 'Weekdays 09:00 to 15:00',
 * 'Never ring the landline', alone or with commas. A wrong word to the wrong listener can cost a life: whatever is not understood stands
 * beside every number in its own words.
 */
export function readContactRules(text: string): ContactRules {
  let mobile: SafeToContact = safeAlways
  let telephone: SafeToContact = safeAlways
  const rest: string[] = []
  const both = (change: Partial<SafeToContact>) => {
    mobile = { ...mobile, ...change }
    telephone = { ...telephone, ...change }
  }
  for (const part of text
    .split(/[,;.\n]+/)
    .map(words => words.trim())
    .filter(words => words !== '')) {
    const words = part.toLowerCase()
    const hours =
      /^(weekdays|monday to friday|mon-fri|weekends|any day)?\s*,?\s*(?:between\s+)?(\d{1,2}):(\d{2})\s*(?:to|-|–|and)\s*(\d{1,2}):(\d{2})( only)?$/.exec(
        words,
      )
    if (/^(safe|yes|y|any( time)?|no restrictions?|ok)$/.test(words)) continue
    if (/^texts?( messages?)? only$|^only texts?$|^text first$/.test(words)) {
      if (words === 'text first') rest.push(part)
      else both({ use: 'text-only' })
    } else if (/^(calls?|phone) only$|^no texts?$|^do not text$/.test(words)) both({ use: 'call-only' })
    else if (/^(do not|don't|don’t|never) leave (a )?(voice ?)?(message|mail)s?$|^no (voice ?)?(messages?|mail)$/.test(words))
      both({ leaveMessage: false })
    else if (/^(never|do not|don't|don’t) (ring|call|use) (the )?landline$/.test(words)) telephone = { ...telephone, use: 'never' }
    else if (/^(never|do not|don't|don’t) (ring|call|use) (the )?mobile$/.test(words)) mobile = { ...mobile, use: 'never' }
    else if (/^(unsafe|do not contact|no contact|never)$/.test(words)) both({ use: 'never' })
    else if (words === 'weekdays' || words === 'weekdays only') both({ days: [1, 2, 3, 4, 5] })
    else if (hours) {
      const days = /^(weekdays|monday to friday|mon-fri)$/.test(hours[1] ?? '') ? [1, 2, 3, 4, 5] : hours[1] === 'weekends' ? [6, 7] : []
      both({ days, from: time(hours[2], hours[3]), to: time(hours[4], hours[5]) })
    } else rest.push(part)
  }
  if (rest.length > 0) both({ note: rest.join(', ') })
  return { mobile, telephone, rest: rest.join(', ') }
}

const time = (hour = '0', minute = '00'): PlainTime => `${hour.padStart(2, '0')}:${minute}` as PlainTime
