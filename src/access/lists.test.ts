import { describe, expect, test } from 'vitest'
import { type CaseFacts, type Grant, listsFor, listsOfPart, readsAnyOf } from './lists.ts'
import { listsForPerson, type Member, type PersonFacts } from './person-lists.ts'

const [post, commissioners, existence] = [10, 1, 2]
const facts = (changes: Partial<CaseFacts> = {}): CaseFacts => ({
  post,
  commissioners,
  existence,
  restricted: false,
  existenceShown: true,
  grants: [],
  withheldFrom: [],
  ...changes,
})
const grant = (changes: Partial<Grant> = {}): Grant => ({ kind: 'share', principal: 50, level: 'read', parts: null, ...changes })

describe('who may see a case', () => {
  const rules: [rule: string, facts: CaseFacts, readers: number[], editors: number[]][] = [
    ['its team in its service and the commissioners; the team changes it', facts(), [1, 10], [10]],
    ['restricted, nobody but those named', facts({ restricted: true, grants: [grant({ kind: 'named', level: 'edit' })] }), [50], [50]],
    [
      'restricted, its worker and an emergency as well',
      facts({ restricted: true, grants: [grant({ kind: 'allocation', level: 'edit' }), grant({ kind: 'break-glass', principal: 51 })] }),
      [50, 51],
      [50],
    ],
    [
      'restricted, neither a share nor a meeting',
      facts({ restricted: true, grants: [grant(), grant({ kind: 'meeting', principal: 51 })] }),
      [],
      [],
    ],
    ['shared to read', facts({ grants: [grant()] }), [1, 10, 50], [10]],
    ['shared to edit', facts({ grants: [grant({ level: 'edit' })] }), [1, 10, 50], [10, 50]],
    ['shared in part: nothing of the rest', facts({ grants: [grant({ parts: ['notes'] })] }), [1, 10], [10]],
  ]
  test.each(rules)('%s', (_, given, readers, editors) => {
    expect(listsFor(given).whole).toEqual({ readers, editors, withheld: [] })
  })

  test('a share in part opens that part and shows that there is a case', () => {
    const lists = listsFor(facts({ grants: [grant({ parts: ['notes'], level: 'edit' })] }))
    expect(lists.parts.get('notes')).toMatchObject({ readers: [1, 10, 50], editors: [10, 50] })
    expect(lists.header).toMatchObject({ readers: [1, 10, 50], editors: [10] })
  })

  test('one document that is shared alone opens that one; whoever all documents are shared with reads it too', () => {
    const lists = listsFor(
      facts({ grants: [grant({ parts: ['documents/a'], level: 'edit' }), grant({ principal: 51, parts: ['documents'] })] }),
    )
    expect(listsOfPart(lists, 'documents', 'a')).toMatchObject({ readers: [1, 10, 50, 51], editors: [10, 50] })
    expect(listsOfPart(lists, 'documents', 'b')).toMatchObject({ readers: [1, 10, 51], editors: [10] })
    expect(listsOfPart(lists, 'forms', 'a')).toBe(lists.whole)
    expect(['documents', 'forms'].map(part => readsAnyOf(lists, part, [50]))).toEqual([true, false])
  })

  test('withheld from somebody, on every list of it', () => {
    const lists = listsFor(facts({ grants: [grant({ parts: ['notes'] })], withheldFrom: [50] }))
    for (const one of [lists.whole, lists.header, lists.existence, lists.parts.get('notes')]) expect(one?.withheld).toEqual([50])
  })

  test('that a service is involved is shown unless it is quiet about itself or the case is restricted', () => {
    expect(listsFor(facts()).existence.readers).toEqual([1, 2])
    expect(listsFor(facts({ existenceShown: false })).existence.readers).toEqual([1])
    expect(listsFor(facts({ restricted: true })).existence.readers).toEqual([1])
  })
})

describe('who may see a person', () => {
  const [police, user, window, meeting, otherPost] = [60, 61, 62, 63, 64]
  const officer = (changes: Partial<Member> = {}): Member => ({
    principal: user,
    belongsTo: [user, police],
    lasting: [user, police],
    possible: [user, police],
    isCommissioner: false,
    ...changes,
  })
  const person = (changes: Partial<PersonFacts>): PersonFacts => ({
    registeredBy: post,
    commissioners,
    cases: [],
    members: [],
    owners: new Map(),
    ...changes,
  })
  const oneCase = (readers: number[], withheld: number[] = [], editors = [post]) => ({ readers, editors, withheld })

  test('before the first case, the post that registered them', () => {
    expect(listsForPerson(person({}))).toEqual({ readers: [1, 10], editors: [10], withheld: [] })
  })

  test('whoever reads one of their cases', () => {
    expect(listsForPerson(person({ cases: [oneCase([1, 10]), oneCase([1, 11], [], [11])] }))).toEqual({
      readers: [1, 10, 11],
      editors: [10, 11],
      withheld: [],
    })
  })

  test('a share with an end, of a case that is withheld from the agency it was shared with, opens nothing', () => {
    const lists = listsForPerson(
      person({
        cases: [oneCase([1, 10, window], [police])],
        owners: new Map([[window, [police]]]),
        members: [officer({ possible: [user, police, window] })],
      }),
    )
    expect(lists).toEqual({ readers: [1, 10], editors: [10], withheld: [] })
  })

  test('a meeting whose members are of several agencies hides the person from those kept out, by name', () => {
    const lists = listsForPerson(
      person({
        cases: [oneCase([1, 10, meeting], [police])],
        owners: new Map([[meeting, [meeting]]]),
        members: [officer({ possible: [user, police, meeting] })],
      }),
    )
    expect(lists).toEqual({ readers: [1, 10, meeting], editors: [10], withheld: [user] })
  })

  test('somebody kept out of one case who works on another sees the person', () => {
    const cases = [oneCase([1, 10], [police]), oneCase([1, otherPost], [], [otherPost])]
    const members = [officer({ lasting: [user, police, otherPost], possible: [user, police, otherPost] })]
    expect(listsForPerson(person({ cases, members, owners: new Map([[10, [10]]]) })).withheld).toEqual([])
  })

  test('a commissioner kept out of every case does not see the person; kept out of one of two, does', () => {
    const members = [officer({ isCommissioner: true, possible: [user, police, commissioners], lasting: [user, police, commissioners] })]
    expect(listsForPerson(person({ cases: [oneCase([1, 10], [police])], members })).withheld).toEqual([user])
    expect(listsForPerson(person({ cases: [oneCase([1, 10], [police]), oneCase([1, 10])], members })).withheld).toEqual([])
  })
})
