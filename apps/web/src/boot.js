// Runs before the first paint: the colour scheme, the language, and the first questions to the server.
;(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null
    }
  }
  const root = document.documentElement
  const chosen = read('mantine-color-scheme-value')
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  const own = read('opora.locale')
  const tags = own ? [own] : navigator.languages || []
  const locale = tags.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ru' || tag === 'en') || 'ru'
  root.lang = locale
  let urls = ['/api/v1/me']
  try {
    urls = JSON.parse(read('opora.early') || '{}')[location.pathname + location.search] || urls
  } catch {}
  window.oporaEarly = {}
  for (const url of urls) {
    if (!url.startsWith('/api/v1/')) continue
    const early = fetch(url, {
      credentials: 'same-origin',
      headers: { accept: 'application/json', 'accept-language': locale },
    })
    early.catch(() => {})
    window.oporaEarly[url] = early
  }
})()
