import type { TicketStory } from './story.ts'
import { alfalogTickets } from './tickets-alfalog.ts'
import { fingradTickets } from './tickets-fingrad.ts'
import { lakomkaTickets, technoTickets } from './tickets-lakomka.ts'
import { presentTickets } from './tickets-present.ts'
import { stroymirTickets } from './tickets-stroymir.ts'

export const tickets: TicketStory[] = [
  ...stroymirTickets,
  ...alfalogTickets,
  ...lakomkaTickets,
  ...technoTickets,
  ...fingradTickets,
  ...presentTickets,
]
