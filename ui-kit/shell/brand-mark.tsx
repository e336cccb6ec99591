/** The mark: a support that carries a beam. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="24" height="24" rx="6.5" fill="#0a6875" />
      <rect x="5" y="6" width="14" height="2.8" rx="1" fill="#fff" />
      <path d="M9.2 8.8h5.6l-1 7H10.2z" fill="#83d2da" />
      <rect x="7.2" y="15.8" width="9.6" height="2.6" rx="1" fill="#fff" />
    </svg>
  )
}
