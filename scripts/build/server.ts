import { globSync } from 'node:fs'
import path from 'node:path'
import { build } from 'rolldown'

/** Bundles what runs on the server, each program into one file of `folder`: those of src/app, and the one that reads PDFs apart from them. */
export const buildServer = async (folder: string) => {
  const entries = globSync(['src/app/{main,prepare-database}.ts', 'src/documents/words/read-pdf.ts'])
  await build({
    input: Object.fromEntries(entries.map(file => [path.basename(file, '.ts'), file])),
    platform: 'node',
    external: id => !id.startsWith('.') && !path.isAbsolute(id),
    tsconfig: true,
    output: { dir: folder, format: 'esm', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js' },
    logLevel: 'warn',
  })
}
