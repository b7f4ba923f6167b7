require('./heavy').busy(5);
throw new Error('optional');
