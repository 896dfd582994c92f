import { extractText, getDocumentProxy } from 'unpdf'

/**
 * A program of its own: a PDF on the way in, its words on the way out. It is given a stranger's file, so it is given nothing else: no
 * secret, no database, no network of use to it, no disk but its own code (words-of-file.ts starts it so, and ends it when it takes too much).
 */
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)), {
  useSystemFonts: false,
  disableFontFace: true,
  stopAtErrors: false,
  verbosity: 0,
})
const { text } = await extractText(pdf, { mergePages: true })
process.stdout.write(text, () => process.exit(0))
