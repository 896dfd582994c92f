import { buildIfChanged } from './build/build.ts'

/** `npm run build`: bundles the server and the static files into dist/, or finds that nothing has changed. */
try {
  const outcome = await buildIfChanged({ force: process.argv.includes('--force') })
  console.info(outcome.built ? `Built in ${(outcome.milliseconds / 1000).toFixed(1)} s.` : 'Nothing has changed since the last build.')
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exit(1)
}
