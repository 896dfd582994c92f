import { type Lists, sorted } from './lists.ts'

/** A case's header, as it stands in the database. */
export type CaseOfPerson = { readers: readonly number[]; editors: readonly number[]; withheld: readonly number[] }

/** A user from whom something is withheld: through themself or through an agency of theirs. */
export type Member = {
  principal: number
  /** Themself and every agency that they belong to or have a post in: whatever is withheld from one of these is withheld from them. */
  belongsTo: readonly number[]
  /** What lets them read and stays until somebody changes it: themself, agencies, teams, posts. */
  lasting: readonly number[]
  /** The same and everything that comes or goes by the clock: windows, meetings. */
  possible: readonly number[]
  isCommissioner: boolean
}

/** For a principal: itself or, for a window, whose it is; and every agency that all its holders belong to. */
export type Owners = ReadonlyMap<number, readonly number[]>

export type PersonFacts = {
  registeredBy: number
  commissioners: number
  cases: readonly CaseOfPerson[]
  members: readonly Member[]
  owners: Owners
}

/**
 * Who may see a person. A person is read by whoever reads one of their cases, and by the commissioners; before the first case, by the
 * post that registered them.
 *
 * A withheld case gives its readers nothing where all who stand behind a reader are kept out (their agency, themself). Somebody kept out
 * who is also among other readers of it (a second post elsewhere, a meeting) is hidden from by name, unless they read another case of the
 * person in their own right, through something lasting. Through a window alone they do not: too little rather than too much.
 * A commissioner sees everybody, except somebody all of whose cases are withheld from them.
 */
export function listsForPerson({ registeredBy, commissioners, cases, members, owners }: PersonFacts): Lists {
  const opened = cases.map(one => {
    const remains = (principal: number) => one.withheld.length === 0 || !meet(owners.get(principal) ?? [principal], one.withheld)
    return { ...one, readers: one.readers.filter(remains), editors: one.editors.filter(remains) }
  })
  const first = cases.length === 0 ? [registeredBy] : []
  return {
    readers: sorted([...first, commissioners, ...opened.flatMap(one => one.readers)]),
    editors: sorted([...first, ...opened.flatMap(one => one.editors)]),
    withheld: sorted(members.filter(member => isHiddenFrom(member, opened)).map(member => member.principal)),
  }
}

/**
 * The users to whom making one record of two would show what is kept from them: they are kept out of a case of the one and do not see it, and would see
 * the whole by a case of the other. Whatever comes and goes by the clock counts as if it were there.
 */
export function shownByMerging(one: PersonFacts, other: PersonFacts): Member[] {
  const whole = { ...one, cases: [...one.cases, ...other.cases] }
  return one.members.filter(
    member => seesPerson(member, whole) && [one, other].some(record => isKeptFromCaseOf(member, record) && !seesPerson(member, record)),
  )
}

const isKeptFromCaseOf = (member: Member, { cases }: PersonFacts): boolean => cases.some(one => meet(one.withheld, member.belongsTo))

function seesPerson(member: Member, facts: PersonFacts): boolean {
  const { readers, withheld } = listsForPerson(facts)
  return (
    meet(readers, [...member.possible, ...(member.isCommissioner ? [facts.commissioners] : [])]) && !withheld.includes(member.principal)
  )
}

function isHiddenFrom(member: Member, cases: readonly CaseOfPerson[]): boolean {
  const keptOut = cases.filter(one => meet(one.withheld, member.belongsTo))
  if (keptOut.length === 0) return false
  const others = cases.filter(one => !keptOut.includes(one))
  if (member.isCommissioner) return others.length === 0
  return keptOut.some(one => meet(one.readers, member.possible)) && !others.some(one => meet(one.readers, member.lasting))
}

const meet = (some: readonly number[], others: readonly number[]): boolean => some.some(one => others.includes(one))
