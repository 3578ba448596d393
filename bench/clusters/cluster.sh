# Sourced by the programs beside it, which say in $further what they take besides: takes a cluster's name from the arguments, and makes sure that it and Ablate are there. Gives $cluster,
# $root, $page, and $table, a file that goes with the program.
root=${here%/bench/clusters}
page=${PAGE:-$root/docs/clusters.md}
cluster=${1:-}
case $cluster in
  slurm | spark) shift ;;
  *)
    echo "usage: bench/clusters/${0##*/} slurm|spark${further:-}" >&2
    exit 2
    ;;
esac
if [ -z "${ABLATE:-}" ]; then
  ABLATE=$root/ablate
  "$ABLATE" --version > /dev/null # builds what is missing
fi
ABLATE_SLURM=${ABLATE_SLURM:-$HOME/.ablate/slurm}
ABLATE_SPARK=${ABLATE_SPARK:-$HOME/.ablate/spark}
export ABLATE ABLATE_SLURM ABLATE_SPARK
programs=ABLATE_${cluster^^}
"$root/build/$cluster" "${!programs}"

table=$(mktemp)
trap 'rm -f "$table"' EXIT
