import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'rolldown'

/** The name that a page asks for → the file with its content's hash in the name, which may be kept for ever. */
export type Manifest = Record<string, string>

type Options = { compress: 'well' | 'not' }

/** Makes every static file: scripts from src/islands, the style sheet, pictures; with compressed twins and manifest.json. */
export const buildStatic = async (folder: string, { compress }: Options) => {
  mkdirSync(folder, { recursive: true })
  const manifest: Manifest = { ...(await buildIslands(folder)), ...(await buildStyles(folder)), ...copyAssets(folder) }
  writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  if (compress === 'well') await compressAll(folder)
}

const buildIslands = async (folder: string): Promise<Manifest> => {
  const entries = globSync('src/islands/*.{ts,tsx}', { exclude: ['**/*.test.*'] })
  if (entries.length === 0) return {}
  const { output } = await build({
    input: Object.fromEntries(entries.map(file => [path.parse(file).name, file])),
    platform: 'browser',
    tsconfig: true,
    output: { dir: folder, format: 'esm', minify: true, entryFileNames: '[name]-[hash].js', chunkFileNames: 'shared-[hash].js' },
    logLevel: 'warn',
  })
  return Object.fromEntries(output.flatMap(file => (file.type === 'chunk' && file.isEntry ? [[`${file.name}.js`, file.fileName]] : [])))
}

/** govuk-frontend's and MOJ's published CSS apart from ours: a release of Lanyard rarely changes theirs, so browsers keep it. */
const buildStyles = async (folder: string): Promise<Manifest> => {
  const { vendorCss } = (await import(pathToFileURL(path.resolve('src/ui/styles/vendor-css.ts')).href)) as {
    vendorCss: () => string | Promise<string>
  }
  const own = readFileSync('src/ui/styles/lanyard.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return { ...writeHashed(folder, 'vendor.css', await vendorCss()), ...writeHashed(folder, 'lanyard.css', own) }
}

/** Pictures of our own, each with a name that changes when it does. */
const copyAssets = (folder: string): Manifest => {
  const names = globSync('*.*', { cwd: 'src/ui/assets' })
  return Object.assign({}, ...names.map(name => writeHashed(folder, name, readFileSync(path.join('src/ui/assets', name)))))
}

const writeHashed = (folder: string, name: string, content: string | Buffer): Manifest => {
  const { name: stem, ext } = path.parse(name)
  const hashed = `${stem}-${createHash('sha256').update(content).digest('base64url').slice(0, 8)}${ext}`
  writeFileSync(path.join(folder, hashed), content)
  return { [name]: hashed }
}

const compressAll = async (folder: string) => {
  const files = globSync('**/*.{js,css,svg,json}', { cwd: folder }).map(file => path.join(folder, file))
  const brotli = promisify(brotliCompress)
  await Promise.all(
    files.flatMap(file => {
      const content = readFileSync(file)
      if (content.length < 500) return []
      return [
        brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).then(small => writeFileSync(`${file}.br`, small)),
        promisify(gzip)(content, { level: 9 }).then(small => writeFileSync(`${file}.gz`, small)),
      ]
    }),
  )
}
