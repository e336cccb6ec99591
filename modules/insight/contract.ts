export * from './budget.contract.ts'
export * from './capacity.contract.ts'
export * from './money.contract.ts'
export * from './risks.contract.ts'
