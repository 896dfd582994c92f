// The architecture, as rules that fail: folders under src/ are rings, and imports go down only.
const rings = [
  ['app'],
  ['admin', 'reports', 'record', 'work', 'imports', 'subject-access', 'continuity', 'archive', 'exchanges', 'demonstration'],
  ['same-person'],
  ['relationships'],
  ['services', 'marac', 'asb-target-group', 'mdt', 'activities'],
  ['tasks', 'approvals', 'groups', 'meetings', 'referrals', 'text-messages', 'messages', 'search', 'letters', 'sharing', 'episodes'],
  ['consents'],
  ['cases'],
  ['people'],
  ['forms', 'documents', 'notifications', 'lists', 'dues'],
  ['texts'],
  ['access'],
  ['identity'],
  ['audit'],
  ['ui'],
  ['platform'],
]
const within = folders => `^src/(${folders.join('|')})/`

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rings.slice(1).map((ring, index) => ({
      name: `nothing-above-${ring[0]}`,
      comment: `${ring.join(', ')} must not import ${rings
        .slice(0, index + 1)
        .flat()
        .join(', ')}. News travels up as an event that src/app passes on.`,
      severity: 'error',
      from: { path: within(ring), pathNot: '\\.(test|bench)\\.tsx?$' },
      to: { path: within(rings.slice(0, index + 1).flat()) },
    })),
    {
      name: 'through-the-front-door',
      comment:
        'A module is imported through its index.ts alone. (src/platform is a set of small parts, each its own front door; tests may look inside.)',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.(test|bench)\\.tsx?$|/testing/' },
      to: { path: '^src/[^/]+/.+', pathNot: ['^src/$1/', '^src/[^/]+/index\\.tsx?$', '^src/platform/'] },
    },
    {
      name: 'no-cycles',
      comment: 'A circle of imports cannot be read from any end.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'islands-stay-small',
      comment: 'What runs in the browser takes nothing from the server but other islands and pure files of ui.',
      severity: 'error',
      from: { path: '^src/islands/', pathNot: '\\.(test|bench)\\.tsx?$' },
      to: { path: '^src/', pathNot: ['^src/islands/', '^src/ui/', '^src/paths\\.ts$'] },
    },
    {
      name: 'paths-import-nothing',
      comment: 'src/paths.ts is pure strings, which is why every ring may use it.',
      severity: 'error',
      from: { path: '^src/paths\\.ts$' },
      to: {},
    },
    {
      name: 'product-without-tests',
      comment: 'The product does not import tests, the test harness or development packages.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|bench)\\.tsx?$|/testing/' },
      to: { path: ['\\.(test|bench)\\.tsx?$', '^(test|bench)/', '/testing/'] },
    },
    {
      name: 'no-development-packages',
      comment: 'The product runs on what a production installation has.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|bench)\\.tsx?$|/testing/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', comment: 'An import that leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist|\\.cache' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
