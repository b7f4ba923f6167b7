import { name } from './lib/part.mjs';
import heavy from './lib/heavy.js';

heavy.busy(10);
export const handler = async (event) => ({ event, name });
