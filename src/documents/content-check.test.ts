import { expect, test } from 'vitest'
import { checkContent, cleanFileName, refusalInWords } from './content-check.ts'
import { onDisk, samples } from './testing/sample-files.ts'

const outcome = async (sample: keyof typeof samples, name: string) => {
  const checked = await checkContent(await onDisk(samples[sample]), name)
  return checked.ok ? checked.format.contentType : checked.refusal.kind
}

test.each([
  ['pdf', 'Letter.pdf', 'application/pdf'],
  ['pdf', 'LETTER.PDF', 'application/pdf'],
  ['png', 'scan.png', 'image/png'],
  ['jpeg', 'scan.jpeg', 'image/jpeg'],
  ['jpeg', 'scan.JPG', 'image/jpeg'],
  ['webp', 'scan.webp', 'image/webp'],
  ['heic', 'IMG_0012.HEIC', 'image/heic'],
  ['docx', 'plan.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'rent.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['odt', 'plan.odt', 'application/vnd.oasis.opendocument.text'],
  ['ods', 'rent.ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['msg', 'From the school.msg', 'application/vnd.ms-outlook'],
  ['eml', 'From the school.eml', 'message/rfc822'],
  ['csv', 'list.csv', 'text/csv'],
  ['txt', 'note.txt', 'text/plain'],
  ['utf16', 'list.txt', 'text/plain'],
] as const)('%s called %s is kept as %s', async (sample, name, expected) => {
  expect(await outcome(sample, name)).toBe(expected)
})

test.each([
  ['exe', 'invoice.pdf', 'dangerous'],
  ['exe', 'setup.exe', 'dangerous'],
  ['elf', 'letter.docx', 'dangerous'],
  ['script', 'note.txt', 'dangerous'],
  ['html', 'page.html', 'dangerous'],
  ['html', 'page.txt', 'dangerous'],
  ['html', 'page.csv', 'dangerous'],
  ['svg', 'logo.svg', 'dangerous'],
  ['svg', 'logo.png', 'dangerous'],
  ['svgAsXml', 'logo.txt', 'dangerous'],
  ['docm', 'letter.docx', 'dangerous'],
  ['docm', 'letter.docm', 'dangerous'],
  ['jar', 'letter.docx', 'dangerous'],
  ['txt', 'run.bat', 'dangerous'],
  ['pdf', 'letter.pdf.exe', 'dangerous'],
  ['zip', 'papers.zip', 'not-accepted'],
  ['gif', 'moving.gif', 'not-accepted'],
  ['oldWord', 'old.doc', 'not-accepted'],
  ['oldWord', 'old.msg', 'not-accepted'],
  ['noise', 'noise.txt', 'not-accepted'],
  ['png', 'letter.pdf', 'name-disagrees'],
  ['pdf', 'letter', 'name-disagrees'],
  ['csv', 'list.xlsx', 'name-disagrees'],
  ['txt', 'letter.eml', 'name-disagrees'],
  ['empty', 'empty.pdf', 'empty'],
] as const)('%s called %s is refused: %s', async (sample, name, expected) => {
  expect(await outcome(sample, name)).toBe(expected)
})

test('a refusal says what the file is and what to do', async () => {
  const checked = await checkContent(await onDisk(samples.png), 'letter.pdf')
  expect(checked.ok ? '' : refusalInWords(checked.refusal, 'letter.pdf')).toBe(
    'The selected file is a PNG picture, but its name “letter.pdf” does not end in .png. Rename it or save it again',
  )
})

test('a name cannot turn round the letters that it ends in', () => {
  expect(cleanFileName('invoice\u202Efdp.exe')).toBe('invoicefdp.exe')
  expect(cleanFileName('../../etc/passwd')).toBe('....etcpasswd')
  expect(cleanFileName('\u0000')).toBe('file')
})
