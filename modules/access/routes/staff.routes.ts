import { isoInstant, isoInstantOrNull } from '@opora/core'
import type { AnyRoute } from '@opora/platform/http'
import type { AccessPorts } from '../access.ports.ts'
import { refuseAccess } from '../access.refusals.ts'
import { read, write } from '../access.route.ts'
import { findStaff, listStaff, type StaffCardRow } from '../access.staff.read-model.ts'
import {
  idParams,
  rolesBody,
  type StaffCard,
  staffBody,
  staffCard,
  staffChange,
  staffQuery,
  staffReply,
} from '../contract.ts'
import type { Actor } from '../domain/actor.ts'
import { createStaffVerbs, type StaffVerbs } from '../verbs/staff.ts'

export function staffRoutes(ports: AccessPorts): AnyRoute<Actor>[] {
  const staff = createStaffVerbs(ports)
  return [...readingRoutes(), ...changingRoutes(staff), ...helpingRoutes(staff)]
}

function readingRoutes(): AnyRoute<Actor>[] {
  return [
    read({
      path: '/staff',
      summary: 'People of the provider and of partners',
      tag: 'staff',
      policy: 'staff.read',
      query: staffQuery,
      replies: staffReply,
      async handle({ query, read }) {
        return read((sql) => listStaff(sql, query))
      },
    }),
    read({
      path: '/staff/:id',
      summary: 'One person, with whom they serve and how they sign in',
      tag: 'staff',
      policy: 'staff.card',
      params: idParams,
      replies: staffCard,
      async handle({ params, read }) {
        const person = await read((sql) => findStaff(sql, params.id))
        if (!person) throw refuseAccess('access.not_found')
        return present(person)
      },
    }),
  ]
}

function changingRoutes(staff: StaffVerbs): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/staff',
      summary: 'Add a person; an invitation goes out',
      tag: 'staff',
      policy: 'staff.change',
      status: 201,
      body: staffBody,
      replies: staffCard,
      async handle({ tx, caller, body }) {
        return present(await staff.create(tx, caller, body))
      },
    }),
    write({
      method: 'PATCH',
      path: '/staff/:id',
      summary: 'Change a person, or switch one off',
      tag: 'staff',
      policy: 'staff.change',
      versioned: true,
      params: idParams,
      body: staffChange,
      replies: staffCard,
      async handle({ tx, caller, params, body, expectedVersion: version }) {
        return present(await staff.change(tx, caller, { ...body, id: params.id, version }))
      },
    }),
    write({
      method: 'PUT',
      path: '/staff/:id/roles',
      summary: 'Give a person exactly these roles',
      description: 'Needs the password given within ten minutes. Nobody changes their own roles.',
      tag: 'staff',
      policy: 'role.change',
      versioned: true,
      params: idParams,
      body: rolesBody,
      replies: staffCard,
      async handle({ tx, caller, params, body, expectedVersion: version }) {
        return present(await staff.setRoles(tx, caller, { id: params.id, version, roles: body.roles }))
      },
    }),
  ]
}

function helpingRoutes(staff: StaffVerbs): AnyRoute<Actor>[] {
  return [
    write({
      method: 'POST',
      path: '/staff/:id/invitation',
      summary: 'Send the invitation again',
      tag: 'staff',
      policy: 'staff.change',
      params: idParams,
      async handle({ tx, caller, params }) {
        await staff.inviteAgain(tx, caller, params.id)
      },
    }),
    write({
      method: 'DELETE',
      path: '/staff/:id/second-factor',
      summary: 'Turn the second factor off for who lost the phone',
      tag: 'staff',
      policy: 'role.change',
      params: idParams,
      async handle({ tx, caller, params }) {
        await staff.resetSecondFactor(tx, caller, params.id)
      },
    }),
  ]
}

function present(person: StaffCardRow): StaffCard {
  return { ...person, createdAt: isoInstant(person.createdAt), lastSeenAt: isoInstantOrNull(person.lastSeenAt) }
}
