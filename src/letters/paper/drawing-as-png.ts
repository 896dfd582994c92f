import { crc32, deflateSync } from 'node:zlib'
import { type Drawing, drawingHeight, drawingWidth } from './drawing.ts'

const penRadius = 3

/** The drawing as a PNG in shades of grey, for a Word document, which shows no ways of a pen (PNG specification §5: signature, IHDR, IDAT, IEND). */
export function drawingAsPng({ strokes }: Drawing): Buffer {
  const ink = new Uint8Array(drawingWidth * drawingHeight)
  for (const stroke of strokes) {
    for (const [place, to] of stroke.entries()) inkLine(ink, stroke[place - 1] ?? to, to)
  }
  const rows = Buffer.alloc((drawingWidth + 1) * drawingHeight)
  for (let y = 0; y < drawingHeight; y++) {
    for (let x = 0; x < drawingWidth; x++) rows[y * (drawingWidth + 1) + x + 1] = 255 - (ink[y * drawingWidth + x] ?? 0)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(drawingWidth, 0)
  header.writeUInt32BE(drawingHeight, 4)
  // Eight bits, grey, deflated, no filter, not interlaced.
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** Darkens every point by how near it is to the line, so that its edge is soft. */
function inkLine(ink: Uint8Array, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): void {
  const reach = penRadius + 1
  const squared = (x2 - x1) ** 2 + (y2 - y1) ** 2
  for (let y = Math.max(0, Math.min(y1, y2) - reach); y <= Math.min(drawingHeight - 1, Math.max(y1, y2) + reach); y++) {
    for (let x = Math.max(0, Math.min(x1, x2) - reach); x <= Math.min(drawingWidth - 1, Math.max(x1, x2) + reach); x++) {
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared))
      const distance = Math.hypot(x - (x1 + along * (x2 - x1)), y - (y1 + along * (y2 - y1)))
      const covered = Math.min(1, Math.max(0, penRadius + 0.5 - distance))
      const place = y * drawingWidth + x
      ink[place] = Math.max(ink[place] ?? 0, Math.round(covered * 255))
    }
  }
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), content])
  const whole = Buffer.alloc(8 + named.length)
  whole.writeUInt32BE(content.length, 0)
  named.copy(whole, 4)
  whole.writeUInt32BE(crc32(named), 4 + named.length)
  return whole
}
