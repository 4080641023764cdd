export { quoteName, quoteText } from '../../sql/quote.ts';
