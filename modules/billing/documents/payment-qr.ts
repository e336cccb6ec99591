import type { CanvasRect, PdfNode } from '@opora/platform/pdf'
import iconv from 'iconv-lite'
import QRCode from 'qrcode'
import type { PaymentCharset } from '../domain/documents/payment-string.ts'

/** Points of a millimetre. */
export const MM = 72 / 25.4
/** The standard asks for a code that a phone reads from paper: 30 mm at least; the quiet zone is the paper around it. */
export const QR_SIDE_MM = 34

/**
 * The QR code of a payment string as black rectangles, so that it prints sharp at any size. Level M; the bytes are
 * in the charset that the string's head names.
 */
export function paymentQr(text: string, charset: PaymentCharset, sideMm = QR_SIDE_MM): PdfNode {
  const data = iconv.encode(text, charset)
  const { modules } = QRCode.create([{ data, mode: 'byte' }], { errorCorrectionLevel: 'M' })
  const step = (sideMm * MM) / modules.size
  const rects: CanvasRect[] = []
  for (let row = 0; row < modules.size; row++) rects.push(...runsOf(modules, row, step))
  return { canvas: rects, width: sideMm * MM }
}

/** Neighbouring dark modules of a row as one rectangle: no hairline between them on any printer. */
function runsOf(
  modules: { size: number; get(row: number, column: number): number | boolean },
  row: number,
  step: number,
): CanvasRect[] {
  const rects: CanvasRect[] = []
  for (let column = 0; column < modules.size; column++) {
    const from = column
    while (column < modules.size && modules.get(row, column)) column++
    if (column > from)
      rects.push({ type: 'rect', x: from * step, y: row * step, w: (column - from) * step, h: step, color: '#000000' })
  }
  return rects
}
