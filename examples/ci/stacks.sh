#!/bin/sh
# Runs a command of Pulumi's on each stack of $STACKS: `sh ci/stacks.sh preview --refresh`. A stack that fails does not
# stop the others. report/<stack>.txt gets the output, report/<stack>.code the exit code, for report.mjs.
# Ends with 1 if a stack failed. 7, which is drift found by --expect-no-changes, is no failure.
set -eu
: "${STACKS:?has the names of the stacks, with spaces between them}"

rm -rf report
mkdir report
failed=0
for stack in $STACKS; do
  name=$(printf %s "$stack" | tr / .)
  code=0
  pulumi "$@" --stack "$stack" --non-interactive --color never --suppress-progress \
    > "report/$name.txt" 2>&1 < /dev/null || code=$?
  echo "$code" > "report/$name.code"
  echo "=== $stack: exit code $code"
  cat "report/$name.txt"
  case $code in 0 | 7) ;; *) failed=1 ;; esac
done
exit $failed
