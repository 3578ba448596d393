#!/bin/bash
# One chunk of runs, as an array task. It is asked to end by USR1, shortly before its time is up, or by TERM.
node="node $(uname -n)"
folder=@FOLDER@
asked=
running=

end() {
  asked=$1
  [ -n "$running" ] && kill -TERM "$running" 2> /dev/null
}
trap 'end time' USR1
trap 'end cancel' TERM

fail() {
  echo "ablate: $node $*" >&2
  exit 1
}

chunk=$folder/chunk-$SLURM_ARRAY_TASK_ID.sh
[ -r "$chunk" ] || fail "does not see $folder: run.launcher.folder has to be on a file system that the nodes share"

# a program that handles USR1 gets it, and so long to leave a checkpoint before it is ended
export ABLATE_NOTICE_SECONDS=20

# ---- run.launcher.setup
@SETUP@
# ----

. "$chunk"
for path in "${needs[@]}"; do
  [ -e "$path" ] && continue
  command=(@WORKER@)
  if [ "${#command[@]}" -eq 0 ]; then
    fail "has no $path: install Ablate and Java where the nodes see them, or write into run.launcher.worker what runs tasks there"
  fi
  command -v "${command[0]}" > /dev/null \
    || fail "has neither $path nor ${command[0]}, which run.launcher.worker names: run.launcher.setup can put it on the PATH"
  command+=("${tasks[@]}")
  break
done

[ -n "$asked" ] && exit 1
"${command[@]}" &
running=$!
wait "$running"
code=$?
# a signal ends the wait, and not the worker
while [ -n "$asked" ] && kill -0 "$running" 2> /dev/null; do
  wait "$running"
  code=$?
done
if [ -n "$asked" ]; then
  wait "$running" 2> /dev/null
  last=$?
  [ "$last" -eq 127 ] || code=$last
fi

if [ "$asked" = time ] && [ "$code" -eq @RESUMABLE@ ]; then
  echo "ablate: the time is up, and the runs go on where they are as soon as Slurm begins this again"
  exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit "$code"
