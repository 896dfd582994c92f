/** The made-up council of Porthkerris and its partners. Everyone in it is plainly fictional: drama telephone numbers, example.org. */

export type DemonstrationPost = { team: string; serviceArea: string | null; role: string }
export type DemonstrationUser = { name: string; email: string; jobTitle: string; telephone: string; posts: readonly DemonstrationPost[] }
export type DemonstrationTeam = { name: string; telephone: string; serviceAreas: readonly string[] }
export type DemonstrationAgency = {
  name: string
  kind: string
  isAuthority?: true
  managesOwnUsers: boolean
  telephone: string
  outOfHours: string
  /** At the head of its letters. */
  address: string
  terms: string
  teams: readonly DemonstrationTeam[]
  users: readonly DemonstrationUser[]
}

const terms =
  'You may look at a record only when your work with that person needs it. Everything you open and change is recorded and may be reviewed. Keep your password and your codes to yourself. Tell your administrator at once if you see something you should not.'

export const agencies: readonly DemonstrationAgency[] = [
  {
    name: 'Porthkerris Council',
    kind: 'council',
    isAuthority: true,
    managesOwnUsers: true,
    telephone: '01632 960100',
    address: 'The Old Customs House\nThe Quay\nPorthkerris\nTR18 4QB',
    outOfHours: '01632 960199',
    terms: '',
    teams: [
      { name: 'Early Help West', telephone: '01632 960110', serviceAreas: ['early-help'] },
      { name: 'Early Help East', telephone: '01632 960120', serviceAreas: ['early-help'] },
      { name: 'Community Safety', telephone: '01632 960130', serviceAreas: ['anti-social-behaviour', 'complex-needs'] },
      { name: 'Resettlement', telephone: '01632 960140', serviceAreas: ['refugees'] },
      { name: 'Episodes Desk', telephone: '01632 960170', serviceAreas: ['multi-agency-episodes'] },
      { name: 'Commissioning', telephone: '01632 960150', serviceAreas: [] },
      { name: 'Systems', telephone: '01632 960160', serviceAreas: [] },
    ],
    users: [
      user('Tamsin Rowe', 'Early help worker', '960112', [['Early Help West', 'early-help', 'Caseworker']]),
      user('Perran Hocking', 'Early help worker', '960113', [['Early Help West', 'early-help', 'Caseworker']]),
      user('Demelza Vyvyan', 'Team leader', '960111', [['Early Help West', 'early-help', 'Team leader']]),
      user('Jory Tremayne', 'Student on placement', '960114', [['Early Help West', 'early-help', 'Read only']]),
      user('Morwenna Chegwin', 'Early help worker', '960121', [['Early Help East', 'early-help', 'Caseworker']]),
      user('Kitto Angove', 'Team leader', '960122', [['Early Help East', 'early-help', 'Team leader']]),
      user('Rosen Bolitho', 'Community safety officer', '960131', [
        ['Community Safety', 'anti-social-behaviour', 'Team leader'],
        ['Community Safety', 'complex-needs', 'Team leader'],
      ]),
      user('Marya Kovalenko', 'Resettlement worker', '960141', [['Resettlement', 'refugees', 'Team leader']]),
      user('Hedra Pascoe', 'Duty officer', '960199', [['Early Help West', 'early-help', 'Duty officer']]),
      user('Loveday Nancarrow', 'Keeps the episodes', '960171', [['Episodes Desk', 'multi-agency-episodes', 'Team leader']]),
      user('Gwenna Trelawny', 'Commissioner', '960151', [['Commissioning', null, 'Commissioner']]),
      user('Meriasek Tonkin', 'Co-ordinates meetings of agencies', '960132', [['Commissioning', null, 'Partner officer']]),
      user('Austell Keast', 'Systems administrator', '960161', [['Systems', null, 'Authority administrator']]),
    ],
  },
  {
    name: 'Harbour Recovery',
    kind: 'treatment provider',
    managesOwnUsers: true,
    telephone: '01632 960200',
    address: '3 Harbour Terrace\nPorthkerris\nTR18 4QC',
    outOfHours: '01632 960299',
    terms,
    teams: [
      { name: 'Harbour Community Team', telephone: '01632 960210', serviceAreas: ['drug-and-alcohol'] },
      { name: 'Harbour Administration', telephone: '01632 960200', serviceAreas: [] },
    ],
    users: [
      user('Colan Rosewarne', 'Recovery worker', '960211', [['Harbour Community Team', 'drug-and-alcohol', 'Caseworker']]),
      user('Lowenna Uren', 'Recovery worker', '960212', [['Harbour Community Team', 'drug-and-alcohol', 'Caseworker']]),
      user('Petroc Nance', 'Service manager', '960213', [['Harbour Community Team', 'drug-and-alcohol', 'Team leader']]),
      user('Elestren Moyle', 'Office manager', '960201', [['Harbour Administration', null, 'Agency administrator']]),
    ],
  },
  {
    name: 'Safe Haven Porthkerris',
    kind: 'domestic abuse service',
    managesOwnUsers: true,
    telephone: '01632 960300',
    address: 'PO Box 300\nPorthkerris',
    outOfHours: '01632 960300',
    terms,
    teams: [{ name: 'Advocacy', telephone: '01632 960310', serviceAreas: ['domestic-abuse'] }],
    users: [
      user('Kerensa Lugg', 'Independent domestic violence advisor', '960311', [['Advocacy', 'domestic-abuse', 'Caseworker']]),
      user('Bryluen Carne', 'Service manager', '960312', [['Advocacy', 'domestic-abuse', 'Team leader']]),
    ],
  },
  {
    name: 'Porthkerris Police',
    kind: 'police',
    managesOwnUsers: false,
    telephone: '01632 960400',
    address: 'Police Station\nChapel Street\nPorthkerris\nTR18 4QD',
    outOfHours: '01632 960400',
    terms,
    teams: [{ name: 'Safeguarding Unit', telephone: '01632 960410', serviceAreas: [] }],
    users: [
      user('Sgt Denzil Opie', 'Safeguarding sergeant', '960411', [['Safeguarding Unit', null, 'Partner officer']]),
      user('Lamorna Kitto', 'Detective inspector, chairs meetings', '960412', [['Safeguarding Unit', null, 'Partner officer']]),
    ],
  },
  {
    name: 'Porthkerris NHS Trust',
    kind: 'NHS trust',
    managesOwnUsers: false,
    telephone: '01632 960500',
    address: 'Trengweath House\nPorthkerris\nTR18 4QE',
    outOfHours: '01632 960599',
    terms,
    teams: [{ name: 'School Nursing', telephone: '01632 960480', serviceAreas: [] }],
    users: [user('Ysella Bray', 'School nurse', '960481', [['School Nursing', null, 'Partner officer']])],
  },
  {
    name: 'Porthkerris Academy',
    kind: 'school',
    managesOwnUsers: false,
    telephone: '01632 960720',
    address: 'School Hill\nPorthkerris\nTR18 4QK',
    outOfHours: '01632 960720',
    terms,
    teams: [{ name: 'Pastoral', telephone: '01632 960721', serviceAreas: [] }],
    users: [user('Jenifer Bray', 'Head of year', '960722', [['Pastoral', null, 'Partner officer']])],
  },
  {
    name: 'Kerris Homes',
    kind: 'housing association',
    managesOwnUsers: false,
    telephone: '01632 960600',
    address: '12 Market Place\nPorthkerris\nTR18 4QF',
    outOfHours: '01632 960699',
    terms,
    teams: [{ name: 'Tenancy Support', telephone: '01632 960610', serviceAreas: ['housing'] }],
    users: [
      user('Wella Goldsworthy', 'Tenancy support officer', '960611', [['Tenancy Support', 'housing', 'Team leader']]),
      user('Sidwell Jose', 'Housing manager', '960612', [['Tenancy Support', 'housing', 'Read only']]),
    ],
  },
  {
    name: 'Porthkerris Probation',
    kind: 'probation',
    managesOwnUsers: false,
    telephone: '01632 960700',
    address: '4 Chapel Street\nPorthkerris\nTR18 4QG',
    outOfHours: '01632 960700',
    terms,
    teams: [{ name: 'Public Protection', telephone: '01632 960710', serviceAreas: [] }],
    users: [user('Jenna Trewin', 'Probation officer', '960711', [['Public Protection', null, 'Partner officer']])],
  },
]

function user(
  name: string,
  jobTitle: string,
  telephone: string,
  posts: [team: string, serviceArea: string | null, role: string][],
): DemonstrationUser {
  const email = `${name.toLowerCase().replace(/^sgt /, '').replaceAll(' ', '.')}@porthkerris.example.org`
  return {
    name,
    email,
    jobTitle,
    telephone: `01632 ${telephone}`,
    posts: posts.map(([team, serviceArea, role]) => ({ team, serviceArea, role })),
  }
}
