import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type PlaceSummary, type ProcessDefinition, places, readProcess } from '@opora/process'
import { agreeTimes, foundCompany, hoursTerms, type Staff, takeOn } from '../month/company.ts'
import { msk } from '../month/desk.ts'
import { type Installation, installOpora, PASSWORD } from '../month/installation.ts'
import type { Visitor } from '../month/visitor.ts'

export const LENA = 'lena@sosna.test'
export const PARTNER = 'petr@partner.test'
const XML = new URL('../../../modules/process/processes/three-lines.bpmn', import.meta.url)

/** One installation in which the shipped process is walked, by people who have one role each. */
export interface WalkWorld {
  house: Installation
  staff: Staff
  clientId: number
  portalId: number
  /** The client's responsible contact and administrator of the portal. */
  lena: Visitor
  /** The partner signs in anew each time: a session of theirs ends by itself overnight. */
  partner(): Promise<Visitor>
  definition: ProcessDefinition
  places: ReadonlyMap<string, PlaceSummary>
  /** Reports a deployment for a ticket's number as a pipeline does. */
  deploy(ticketNumber: number): Promise<void>
}

export async function openWalkWorld(): Promise<WalkWorld> {
  const house = await installOpora(msk('04 09:00'))
  const staff = await foundCompany(house)
  await agreeTimes(staff.ad)
  const sosna = await takeOn(staff, {
    name: 'Сосна',
    domain: 'sosna.test',
    contacts: { lena: { name: 'Лена Главная', responsible: true, scope: 'all', portalAdmin: true } },
    portals: ['crm'],
    contract: hoursTerms,
  })
  const portalId = sosna.portals['crm']!
  const { version } = await staff.am.get(`/portals/${portalId}`)
  await staff.am.patch(`/portals/${portalId}`, { product: 'bitrix24-cloud', edition: 'professional' }, version)
  await staff.am.post(`/contacts/${sosna.contacts['lena']}/invitation`)
  const lena = await house.join(LENA, LENA)
  await staff.ad.post('/staff', { email: PARTNER, name: 'Пётр Партнёров', roles: ['in'] })
  await house.join(PARTNER, 'partner')
  const definition = await readProcess(await readFile(XML, 'utf8'))
  return {
    house,
    staff,
    clientId: sosna.id,
    portalId,
    lena,
    async partner() {
      const visitor = house.visitor('partner')
      await visitor.post('/session', { email: PARTNER, password: PASSWORD })
      return visitor
    },
    definition,
    places: new Map(places(definition).map((place) => [place.id, place])),
    deploy: await pipelineOf(house, staff),
  }
}

async function pipelineOf(house: Installation, staff: Staff): Promise<WalkWorld['deploy']> {
  const { id } = await staff.ad.post('/pipelines', { name: 'GitLab', clientId: null })
  const { key } = await staff.ad.get(`/pipelines/${id}/key`)
  return async (ticket) => {
    const body = JSON.stringify({ ticket, status: 'succeeded', environment: 'prod', release: '2.4' })
    const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
    const answer = await fetch(`${house.baseUrl}/api/v1/hooks/deployments/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature, 'x-delivery': `d-${ticket}` },
      body,
    })
    if (answer.status !== 202) throw new Error(`the pipeline was not heard: ${answer.status} ${await answer.text()}`)
    await house.settle()
  }
}
