import { describe, expect, test } from 'vitest'
import { tellingWordsIn } from './telling-words.ts'

describe('[U7] words that may tell of a case', () => {
  test.each<[string, string[]]>([
    ['Hello ((first name)), please ring ((your name)) on ((call back)).', []],
    ['A reminder: ((appointment day)) at ((appointment time)). To change it please ring ((call back)).', []],
    ['We are closed on Monday. The bus leaves at 9am from the hall.', []],
    ['Your social worker will ring at 3.', ['social worker']],
    ['SOCIAL   WORKERS will ring', ['social   workers']],
    ['About probation, and your Drugs test', ['probation', 'drugs']],
    ['The anti-social behaviour officer', ['anti-social']],
    ['Women’s Aid will call', ["women's aid"]],
    ['Your IDVA is away', ['idva']],
    // Parts of other words tell nothing.
    ['The courtyard café; a showcase; a suitcase; Victimhood', []],
    ['Your case’s review; bring it just in case', ["your case's"]],
    ['probation probation Probation', ['probation']],
  ])('in “%s” are %j', (words, found) => {
    expect(tellingWordsIn(words)).toEqual(found)
  })

  test('are the names of services, and of whoever it is about, too', () => {
    const names = ['Harbour Recovery', 'Penrose', null, 'O’Brien (née Day)']
    expect(tellingWordsIn('Harbour recovery asks Mr Penrose to ring', names)).toEqual(['harbour recovery', 'recovery', 'penrose'])
    expect(tellingWordsIn('Roses and penroses', names)).toEqual(['penroses'])
    expect(tellingWordsIn("o'brien (Née day) is expected", names)).toEqual(["o'brien (née day)"])
  })
})
