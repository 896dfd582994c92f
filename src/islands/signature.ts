/** Lets a signature be drawn. The box is shown only where there is script; a typed name signs without. What is sent are the ways of the pen. */
type Point = [number, number]
const mostPoints = 3_900

for (const group of document.querySelectorAll<HTMLElement>('[data-signature]')) {
  const canvas = group.querySelector('canvas')
  const field = group.querySelector<HTMLInputElement>('input[name=drawing]')
  const pen = canvas?.getContext('2d')
  if (canvas && field && pen) letDraw(group, canvas, field, pen)
}

function letDraw(group: HTMLElement, canvas: HTMLCanvasElement, field: HTMLInputElement, pen: CanvasRenderingContext2D): void {
  let strokes = strokesIn(field.value)
  let drawing: Point[] | undefined
  group.hidden = false

  const show = () => {
    pen.clearRect(0, 0, canvas.width, canvas.height)
    pen.lineWidth = 7
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    for (const stroke of strokes) {
      pen.beginPath()
      const [[x, y] = [0, 0]] = stroke
      pen.moveTo(x, y)
      for (const [toX, toY] of stroke.length > 1 ? stroke.slice(1) : stroke) pen.lineTo(toX, toY)
      pen.stroke()
    }
  }
  const at = (event: PointerEvent): Point => {
    const box = canvas.getBoundingClientRect()
    const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)))
    return [
      within(((event.clientX - box.left) / box.width) * canvas.width, canvas.width),
      within(((event.clientY - box.top) / box.height) * canvas.height, canvas.height),
    ]
  }
  const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0)

  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0 || strokes.length >= 100 || points() >= mostPoints) return
    event.preventDefault()
    canvas.setPointerCapture(event.pointerId)
    drawing = [at(event)]
    strokes = [...strokes, drawing]
    show()
  })
  canvas.addEventListener('pointermove', event => {
    if (!drawing || points() >= mostPoints) return
    const to = at(event)
    const last = drawing.at(-1)
    // A hand that rests draws nothing.
    if (last && Math.abs(last[0] - to[0]) + Math.abs(last[1] - to[1]) < 3) return
    drawing.push(to)
    show()
  })
  for (const end of ['pointerup', 'pointercancel'] as const) {
    canvas.addEventListener(end, () => {
      drawing = undefined
      field.value = strokes.length > 0 ? JSON.stringify({ strokes }) : ''
    })
  }
  group.querySelector('[data-clear]')?.addEventListener('click', () => {
    strokes = []
    field.value = ''
    show()
  })
  show()
}

/** What was drawn before the page came back with something to put right. */
function strokesIn(text: string): Point[][] {
  try {
    const { strokes } = JSON.parse(text) as { strokes?: unknown }
    return Array.isArray(strokes) ? (strokes as Point[][]) : []
  } catch {
    return []
  }
}
