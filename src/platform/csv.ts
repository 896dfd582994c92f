/** The mark in front of a file tells spreadsheets that it is UTF-8. */
export const csvMark = '\uFEFF'

/** One line of a CSV file (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection). Reading a file takes the apostrophe off again. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
