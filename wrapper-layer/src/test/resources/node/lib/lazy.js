exports.name = 'lazy';
