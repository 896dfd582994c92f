import { agencies, at, days, type Holder, sections, services, type World, windowOf } from './world.ts'

/** A world as one would tell it, for whoever has to find out what went wrong in it. */
export function inWords(world: World): string {
  const { teams, users, people, cases, meetings, steps } = world
  const team = (index: number) => `team ${index % teams.length}`
  const holder = ({ kind, index, service }: Holder): string => {
    if (kind === 'agency') return `agency ${index % agencies}`
    if (kind === 'post') return `${at(teams[index % teams.length]!.services, service)} in ${team(index)}`
    return `${kind} ${index % { user: users.length, team: teams.length, meeting: meetings.length }[kind]}`
  }
  const day = (date: Date | null) => (date === null ? '…' : `day ${(date.getTime() - days(0).getTime()) / 86_400_000}`)
  const post = (one: World['users'][number]['posts'][number]) =>
    `${one.role} in ${team(one.team)}${one.service === null ? '' : ` for ${services[one.service]}`}`
  return [
    '',
    ...teams.map((one, index) => `team ${index} of agency ${one.agency}: ${one.services.join(' and ')}`),
    ...users.map(
      (one, index) =>
        `user ${index} of agency ${one.agency}${one.disabled ? ', disabled' : ''}: ${one.posts.map(post).join('; ') || 'no post'}`,
    ),
    ...people.map((by, index) => `person ${index}, registered by ${team(by)}`),
    ...cases.map(
      (one, index) =>
        `case ${index} of person ${one.person % people.length}: ${team(one.team)}, ${at(teams[one.team % teams.length]!.services, one.service)}${one.restricted ? ', restricted' : ''}`,
    ),
    ...meetings.map(
      (members, index) => `meeting ${index}: ${members.map(member => `user ${member % users.length}`).join(', ') || 'nobody'}`,
    ),
    `restricted notes name ${world.named.map(user => `user ${user % users.length}`).join(' and ')}`,
    ...steps.map((step, index) => `${index + 1}. ${stepInWords(step)}`),
  ].join('\n')

  function stepInWords(step: World['steps'][number]): string {
    const theCase = 'case' in step ? `case ${step.case % cases.length}` : ''
    const by = 'by' in step ? (step.by === 'an editor' ? '' : `, tried by user ${step.by % users.length}`) : ''
    switch (step.do) {
      case 'grant': {
        const { startsAt, endsAt } = windowOf(step)
        const time = startsAt || endsAt ? ` from ${day(startsAt)} to ${day(endsAt)}` : ''
        return `${theCase}: ${step.kind} for ${holder(step.to)}, ${step.level} ${step.parts?.join(', ') ?? 'all'}${time}${by}`
      }
      case 'withhold':
        return `${theCase}: ${step.section === null ? 'all' : `section ${at(sections, step.section)}`} withheld from ${holder(step.from)}${by}`
      case 'appoint':
        return `user ${step.user % users.length} becomes the co-ordinator of ${theCase}${by}`
      case 'close-episode':
        return `${theCase} is closed as an episode${by}`
      case 'restrict':
        return `${theCase} is ${step.restricted ? '' : 'no longer '}restricted`
      case 'merge':
        return `person ${step.person % people.length} is merged into person ${step.into % people.length}, if that can be`
      case 'unmerge':
        return `merge ${step.which}, counting round, is undone`
      case 'remove':
        return `${theCase} is removed`
      case 'move':
        return `${theCase} moves to ${team(step.team)}, if that does the same work`
      case 'break-glass':
        return `user ${step.user % users.length} breaks the glass of ${theCase} for ${step.days} days`
      case 'end-post':
        return `a post of user ${step.user % users.length} ends (${step.post})`
      case 'add-post':
        return `user ${step.user % users.length} becomes ${post(step.post)}`
      case 'join':
      case 'leave':
        return `user ${step.user % users.length} ${step.do}s meeting ${step.meeting % meetings.length}`
      case 'add-rows':
        return `rows are added to ${theCase}`
      default:
        return `${step.do} (${step.which})`
    }
  }
}
