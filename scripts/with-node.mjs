// Runs one of our scripts on the Node that Lanyard wants, whatever Node the machine has: npm start, npm test and npm run dev begin here.
// Plain JavaScript for Node 20. Everything that older Nodes cannot read stands in prepare.mjs.
const [major] = process.versions.node.split('.').map(Number)
if (major < 20) {
  console.error(
    `Lanyard starts on Node 20 or later; this is Node ${process.versions.node}.\nInstall a later one from https://nodejs.org and try again.`,
  )
  process.exit(1)
}
const { runScript } = await import('./prepare.mjs')
await runScript(process.argv[2], process.argv.slice(3))
