/** A PDF of one page with these lines of text. */
export function pdfSaying(...lines: readonly string[]): Buffer {
  return pdfWith(`BT /F1 12 Tf 72 720 Td 14 TL ${lines.map(line => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join(' ')} ET`)
}

/** A PDF whose page draws itself a billion times: each of nine forms draws the one below it ten times. */
export function endlessPdf(): Buffer {
  const forms = Array.from({ length: 9 }, (_, n) => ({
    draws: n === 8 ? 'BT /F1 12 Tf (word) Tj ET' : `/X${n + 1} Do `.repeat(10),
    below: n + 1,
  }))
  const first = 6
  const font = '/Font << /F1 5 0 R >>'
  const objects = forms.map(({ draws, below }) =>
    streamOf(
      `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${font} /XObject << /X${below} ${first + below} 0 R >> >>`,
      draws,
    ),
  )
  return pdfWith('/X0 Do', `/XObject << /X0 ${first} 0 R >>`, objects)
}

const streamOf = (entries: string, content: string) => `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`

function pdfWith(content: string, resources = '', more: readonly string[] = []): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    streamOf('', content),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more,
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
