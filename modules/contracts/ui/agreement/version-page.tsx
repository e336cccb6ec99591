import { Button, Textarea, TextInput } from '@mantine/core'
import { plainFailure, useCan } from '@opora/people/ui'
import { Card, Dialog, FormError, Loaded, Page, toast, useRoute, useSearch, useWords } from '@opora/ui-kit'
import { api } from '@opora/ui-kit/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { versionList, versionPreview } from '../../contract.ts'
import type { ContractTerms } from '../../domain/terms.ts'
import css from '../catalogue/catalogue.module.css'
import { NumberField } from '../catalogue/fields.tsx'
import type { ContractView } from '../contract-parts.tsx'
import { agreementWords } from './agreement-words.ts'
import { DutiesPart } from './duties-part.tsx'
import { PeoplePart } from './people-part.tsx'
import { MoneyPart, ServicePart } from './terms-parts.tsx'
import { usePeople } from './use-people.ts'
import { VersionChanges } from './version-changes.tsx'
import steps from './wizard.module.css'

type Preview = z.infer<typeof versionPreview>
const PARTS = ['package', 'service', 'people', 'duties'] as const
type Part = (typeof PARTS)[number]

/** New terms from a date: everything may be changed, and what changes is read, with its price, before it is put in force. */
export function VersionPage() {
  const t = useWords(agreementWords)
  const { params } = useRoute()
  const id = params['id'] ?? ''
  const contract = useQuery({
    queryKey: ['contracts', 'card', id],
    queryFn: ({ signal }) => api.get<ContractView>(`/contracts/${id}`, { signal }),
  })
  const versions = useQuery({
    queryKey: ['contracts', 'versions', Number(id)],
    queryFn: ({ signal }) => api.get<z.infer<typeof versionList>>(`/contracts/${id}/versions`, { signal }),
  })
  const latest = versions.data?.items.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  if (contract.data && latest) return <Editor contract={contract.data} latest={latest.terms} />
  return (
    <Page title={t('newVersion')} crumbs={[{ to: `/desk/contracts/${id}`, label: t('contracts') }]}>
      <Loaded query={contract}>{() => null}</Loaded>
    </Page>
  )
}

function Editor({ contract, latest }: { contract: ContractView; latest: ContractTerms }) {
  const t = useWords(agreementWords)
  const [search] = useSearch()
  const people = usePeople(useCan()('staff.read'))
  const [terms, setTerms] = useState<ContractTerms>(latest)
  const [validFrom, setValidFrom] = useState('')
  const [reason, setReason] = useState('')
  const [part, setPart] = useState<Part>('package')
  const [raising, setRaising] = useState(search['raise'] !== undefined)
  const preview = useMutation({
    mutationFn: () => api.post<Preview>(`/contracts/${contract.id}/versions/preview`, { validFrom, terms }),
  })
  const change = (next: ContractTerms) => {
    setTerms(next)
    preview.reset()
  }
  const back = `/desk/contracts/${contract.id}`
  return (
    <Page
      title={t('newVersion')}
      crumbs={[{ to: back, label: `№ ${contract.number}` }]}
      actions={
        <Button variant="default" onClick={() => setRaising(true)}>
          {t('raise')}
        </Button>
      }
    >
      <div className={css.columns}>
        <div className={css.column}>
          <PartBar part={part} onPart={setPart} />
          {part === 'package' && <MoneyPart terms={terms} onChange={change} people={people} />}
          {part === 'service' && <ServicePart terms={terms} onChange={change} />}
          {part === 'people' && (
            <PeoplePart terms={terms} onChange={change} clientId={contract.clientId} people={people} />
          )}
          {part === 'duties' && <DutiesPart terms={terms} onChange={change} />}
        </div>
        <div className={css.aside}>
          <Card title={t('whatChanges')}>
            <div className={css.stack}>
              <TextInput
                type="date"
                label={t('validFrom')}
                required
                value={validFrom}
                onChange={(event) => {
                  setValidFrom(event.currentTarget.value)
                  preview.reset()
                }}
              />
              <Textarea
                label={t('reason')}
                required
                autosize
                minRows={2}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <FormError error={plainFailure(preview.error)} />
              {preview.data ? (
                <>
                  <VersionChanges preview={preview.data} />
                  <Signing
                    contract={contract}
                    preview={preview.data}
                    validFrom={validFrom}
                    reason={reason}
                    back={back}
                  />
                </>
              ) : (
                <div className={css.acts}>
                  <Button loading={preview.isPending} disabled={validFrom === ''} onClick={() => preview.mutate()}>
                    {t('seeChanges')}
                  </Button>
                </div>
              )}
            </div>
          </Card>
        </div>
      </div>
      {raising && (
        <Raising
          contract={contract}
          onClose={() => setRaising(false)}
          onDone={(raised, from, why) => {
            change(raised)
            setValidFrom(from)
            setReason(why)
            setRaising(false)
          }}
        />
      )}
    </Page>
  )
}

function PartBar({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const t = useWords(agreementWords)
  return (
    <ol className={steps.steps}>
      {PARTS.map((one, index) => (
        <li key={one}>
          <button
            type="button"
            className={steps.step}
            aria-current={one === part ? 'step' : undefined}
            onClick={() => onPart(one)}
          >
            <span className={steps.number}>{index + 1}</span>
            {t(`step_${one}`)}
          </button>
        </li>
      ))}
    </ol>
  )
}

interface SigningProps {
  contract: ContractView
  preview: Preview
  validFrom: string
  reason: string
  back: string
}

/** What was read is what is put in force. */
function Signing({ contract, preview, validFrom, reason, back }: SigningProps) {
  const t = useWords(agreementWords)
  const { navigate } = useRoute()
  const cache = useQueryClient()
  const sign = useMutation({
    mutationFn: () => {
      const body = { validFrom, reason, terms: preview.after }
      return api.post<ContractView>(`/contracts/${contract.id}/versions`, body, { version: contract.version })
    },
    onSuccess: () => {
      toast.ok(t('newVersion'))
      void cache.invalidateQueries({ queryKey: ['contracts'] })
      navigate(back)
    },
  })
  return (
    <>
      <FormError error={plainFailure(sign.error)} />
      <div className={css.acts}>
        <Button
          loading={sign.isPending}
          disabled={preview.faults.length > 0 || reason.trim() === ''}
          onClick={() => sign.mutate()}
        >
          {t('put')}
        </Button>
      </div>
    </>
  )
}

interface RaisingProps {
  contract: ContractView
  onClose: () => void
  onDone: (terms: ContractTerms, validFrom: string, reason: string) => void
}

function Raising({ contract, onClose, onDone }: RaisingProps) {
  const t = useWords(agreementWords)
  const [basisPoints, setBasisPoints] = useState(1_000)
  const [validFrom, setValidFrom] = useState('')
  const raise = useMutation({
    mutationFn: () => api.post<Preview>(`/contracts/${contract.id}/indexation`, { validFrom, basisPoints }),
    onSuccess: ({ after }) =>
      onDone(after, validFrom, t('raisedReason', { percent: String(basisPoints / 100).replace('.', ',') })),
  })
  return (
    <Dialog title={t('raise')} onClose={onClose}>
      <div className={css.stack}>
        <p className={css.hint}>{t('raiseHint')}</p>
        <div className={css.pair}>
          <NumberField label={t('raiseBy')} times={100} value={basisPoints} onChange={setBasisPoints} />
          <TextInput
            type="date"
            label={t('validFrom')}
            value={validFrom}
            onChange={(event) => setValidFrom(event.currentTarget.value)}
          />
        </div>
        <FormError error={plainFailure(raise.error)} />
        <div className={css.acts}>
          <Button
            loading={raise.isPending}
            disabled={validFrom === '' || basisPoints <= 0}
            onClick={() => raise.mutate()}
          >
            {t('seeChanges')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
