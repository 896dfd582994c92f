import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'rolldown'
import { imagesOf, vendorCss } from '../../src/ui/styles/vendor-css.ts'

/** The name that a page asks for → the file with its content's hash in the name, which may be kept for ever. */
export type Manifest = Record<string, string>

const require = createRequire(import.meta.url)
const published = [
  { css: 'govuk-frontend/dist/govuk/govuk-frontend.min.css', images: 'assets/images' },
  { css: '@ministryofjustice/frontend/moj/moj-frontend.min.css', images: 'assets/images' },
]

type Options = { compress: 'well' | 'not' }

/** Makes every static file: scripts from src/islands, the style sheet, pictures; with compressed twins and manifest.json. */
export const buildStatic = async (folder: string, { compress }: Options) => {
  mkdirSync(folder, { recursive: true })
  const manifest: Manifest = { ...(await buildIslands(folder)), ...buildStyles(folder), ...copyAssets(folder) }
  writeFileSync(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  if (compress === 'well') await compressAll(folder)
}

const buildIslands = async (folder: string): Promise<Manifest> => {
  const entries = globSync('src/islands/*.{ts,tsx}', { exclude: ['**/*.test.*', '**/*.d.ts'] })
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
const buildStyles = (folder: string): Manifest => {
  const theirs = published.map(({ css, images }) => {
    const text = readFileSync(require.resolve(css), 'utf8')
    const source = path.resolve(path.dirname(require.resolve(css)), images)
    const pictures: Manifest = Object.assign(
      {},
      ...imagesOf(text).map(name => writeHashed(folder, name, readFileSync(path.join(source, name)))),
    )
    // Beside the style sheet, so that a picture is named from it without a path.
    return vendorCss(text, name => pictures[name]!)
  })
  const own = readFileSync('src/ui/styles/lanyard.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return { ...writeHashed(folder, 'vendor.css', theirs.join('\n')), ...writeHashed(folder, 'lanyard.css', own) }
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
