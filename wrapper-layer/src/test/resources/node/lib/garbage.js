exports.heap = Array.from({ length: 500000 }, (_, number) => ({ number }));
