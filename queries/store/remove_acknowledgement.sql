-- Take an acknowledgement back.
-- ?  function, deployment before, deployment after
DELETE FROM acknowledgement
WHERE function = ? AND before = ? AND after = ?;
