export { CabinetRating, type RatingGiven } from './cabinet-rating.tsx'
export { cabinetRatingWords } from './cabinet-words.ts'
