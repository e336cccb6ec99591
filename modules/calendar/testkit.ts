export { compareWithOracle } from './oracle-cases.fixture.ts'
