import { Button } from '@mantine/core'
import { useWords } from '@opora/ui-kit'
import { useState } from 'react'
import { profileWords } from './profile-words.ts'

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text }: { text: string }) {
  const t = useWords(profileWords)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <Button variant="default" onClick={() => void copy()}>
      {t(copied ? 'copied' : 'copy')}
    </Button>
  )
}
