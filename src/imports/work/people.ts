import {
  findPeople,
  formatName,
  type Likeness,
  likelyMatchesOfMany,
  type NewPerson,
  type Postcode,
  registerPeople,
  type Telephone,
} from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import { formatDate } from '../../platform/plain-date.ts'
import { addDoubts, type Candidate, type Doubt, doubtsOf, type NewDoubt } from '../doubts.ts'
import { insertKeys, keysOf, type NewKey } from '../keys.ts'
import type { RowProblem } from '../problems.ts'
import { readPerson } from '../read/read-person.ts'
import type { Problem } from '../read/row.ts'
import { askedFrom } from './file-index.ts'
import { type CasesOfPerson, countsOf, drop, overFile, type Pass, problemsFor, type Row, settled } from './pass.ts'

type NewRow = { row: Row; person: NewPerson; post: number }

/** Reads the people: checks who is new, and takes them over when that is what the pass is for. */
export async function overPeople(pass: Pass): Promise<void> {
  const counts = countsOf(pass, 'people')
  const problemsOf = problemsFor(pass, 'people')
  await overFile(pass, 'people', async (tx, actor, rows) => {
    const keys = await keysOf(
      tx,
      pass.import,
      'person',
      rows.map(row => row.key),
    )
    const problems: RowProblem[] = []
    const fresh: NewRow[] = []
    for (const row of rows) {
      counts.rows++
      const known = settled(pass, 'people', row, keys.get(row.key), () => readPerson(row.cells, pass.known).problems)
      if (known) {
        problems.push(...problemsOf(row.row, known))
        continue
      }
      const read = readPerson(row.cells, pass.known)
      const cases = pass.casesOfPerson.get(row.key)
      const notOurs = whyNotOurs(pass, cases)
      const waits = notOurs ? undefined : whyWaiting(cases)
      const found = notOurs ? [notOurs] : [...read.problems, ...(waits ? [waits] : [])]
      problems.push(...problemsOf(row.row, found))
      if (!read.person || notOurs || waits) {
        drop(pass, 'people', row, found)
        if (read.person && waits) pass.dropped.people.set(row.key, { row: row.row, why: 'waits' })
        continue
      }
      counts.warnings += found.length > 0 ? 1 : 0
      fresh.push({ row, person: read.person, post: cases && cases !== 'elsewhere' && 'post' in cases ? cases.post : defaultPost(pass) })
    }
    if (pass.mode === 'check') await doubt(pass, tx, actor, fresh)
    else problems.push(...(await takeOver(pass, tx, actor, fresh)))
    return problems
  })
}

/** Somebody whom the team has nothing to do with is not put on its record, whatever else their row says. */
function whyNotOurs(pass: Pass, cases: CasesOfPerson | undefined): Problem | undefined {
  if (cases === 'elsewhere')
    return { severity: 'left-out', field: '', message: 'Every case of this person is of a service that goes to no team of yours' }
  if (cases !== undefined || !pass.import.files.cases || pass.import.peopleWithoutCase === 'take-over') return undefined
  return { severity: 'left-out', field: '', message: 'This person has no case in the file' }
}

/** Somebody none of whose cases can be taken over yet would be on record with nobody who works with them: both rows are mended, and come together. */
function whyWaiting(cases: CasesOfPerson | undefined): Problem | undefined {
  if (cases === undefined || cases === 'elsewhere' || 'post' in cases) return undefined
  const message = `Waits for row ${cases.waitsFor} of the cases, which is this person’s and is rejected. Mend that row, and import both again`
  return { severity: 'rejected', field: '', message }
}

/** Whoever has no case in the file is read by the team that was chosen, in the first service of it. */
const defaultPost = (pass: Pass): number =>
  (pass.known.places.find(place => place.teamId === pass.import.teamId) ?? pass.known.places[0])!.post

/** Who of these may be on record, or in the file, already. */
async function doubt(pass: Pass, tx: Tx, actor: Actor, fresh: readonly NewRow[]): Promise<void> {
  const counts = pass.counts.people!
  counts.taken += fresh.length
  const likenesses = fresh.map(one => likenessOf(one.person))
  const onRecord = await likelyMatchesOfMany(tx, actor, likenesses)
  const doubts: NewDoubt[] = []
  for (const [place, { row, person }] of fresh.entries()) {
    const inFile = pass.fileIndex.add(row.row, row.key, likenesses[place]!)
    const known: Candidate[] = (onRecord[place] ?? [])
      .filter(one => one.match.score >= askedFrom)
      .map(({ personId, match }) => ({ personId, score: match.score, reasons: match.reasons }))
    const candidates = [...known, ...inFile].sort((a, b) => b.score - a.score).slice(0, 4)
    if (candidates.length > 0) doubts.push({ row: row.row, key: row.key, shown: shownOf(person, row.key), candidates })
  }
  for (const { row } of doubts) pass.doubts.add(row)
  await addDoubts(tx, pass.import, doubts)
}

/** Puts on record who is new, and lets the old number of the others stand for whoever they are. */
async function takeOver(pass: Pass, tx: Tx, actor: Actor, fresh: readonly NewRow[]): Promise<RowProblem[]> {
  const counts = pass.counts.people!
  const now = pass.job.work.clock.now()
  const decisions = new Map((await doubtsOf(tx, pass.import.id, { rows: fresh.map(one => one.row.row) })).map(one => [one.row, one]))
  const problems: RowProblem[] = []
  const added: NewKey[] = []
  for (const [post, people] of Map.groupBy(
    fresh.filter(one => (decisions.get(one.row.row)?.decision ?? 'new') === 'new'),
    one => one.post,
  )) {
    const registered = await registerPeople(
      tx,
      actor,
      now,
      people.map(one => one.person),
      { post, reason: `Taken over from ${pass.import.system}` },
    )
    if (!registered.ok) throw new Error('Whoever imports has lost the post that was to read these people.')
    for (const [place, { row }] of people.entries())
      added.push({ key: row.key, recordId: registered.value[place]!.id, hash: row.hash, post })
  }
  counts.taken += added.length
  for (const one of fresh) {
    const decided = decisions.get(one.row.row)
    if (decided?.decision === 'leave-out') {
      problems.push({
        file: 'people',
        row: one.row.row,
        severity: 'left-out',
        field: '',
        message: `Left out by ${decided.decidedBy}, as a possible duplicate`,
      })
      counts.leftOut++
      pass.dropped.people.set(one.row.key, { row: one.row.row, why: 'left-out' })
    } else if (decided?.decision === 'same') {
      const personId = await whoIs(pass, tx, decided, added)
      if (personId) {
        added.push({ key: one.row.key, recordId: personId, hash: one.row.hash, post: one.post, linked: true })
        counts.linked++
      } else {
        const message =
          'It was to be the same person as another, who was not taken over or can no longer be seen. Decide again and run the import again'
        problems.push({ file: 'people', row: one.row.row, severity: 'rejected', field: '', message })
        counts.rejected++
        pass.dropped.people.set(one.row.key, { row: one.row.row, why: 'rejected' })
      }
    }
  }
  await insertKeys(tx, pass.import, 'person', now, added)
  return problems
}

async function whoIs(pass: Pass, tx: Tx, { chosen, candidates }: Doubt, added: readonly NewKey[]): Promise<string | undefined> {
  const [what, name] = (chosen ?? '').split(':')
  if (what === 'person') return (await findPeople(tx, [name ?? ''])).get(name ?? '')?.id
  const key = candidates.find(one => String(one.row) === name)?.key ?? ''
  return added.find(one => one.key === key)?.recordId ?? (await keysOf(tx, pass.import, 'person', [key])).get(key)?.recordId
}

function likenessOf(person: NewPerson): Likeness {
  return {
    names: [person, ...(person.names ?? [])],
    dateOfBirth: person.dateOfBirth ?? null,
    nhsNumber: person.nhsNumber ?? null,
    postcodes: (person.addresses ?? []).flatMap((address): Postcode[] => (address.postcode ? [address.postcode] : [])),
    telephones: (person.contacts ?? []).filter(one => one.kind === 'mobile' || one.kind === 'telephone').map(one => one.value as Telephone),
    externalIds: person.externalIds ?? [],
  }
}

function shownOf(person: NewPerson, key: string) {
  const address = person.addresses?.[0]
  return {
    name: formatName(person),
    dateOfBirth: person.dateOfBirth ? formatDate(person.dateOfBirth) : '',
    nhsNumber: person.nhsNumber ?? '',
    address: [address?.lines, address?.town, address?.postcode].filter(Boolean).join(', '),
    key,
  }
}
