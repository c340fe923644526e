#!/bin/bash
# A trial of packs.sbatch on a Slurm cluster of two nodes on this one machine, for which Debian's slurm-wlm and munge are enough:
#
#   sudo apt-get install slurm-wlm munge
#   sudo DEMARC="node $PWD/dist/demarc.js" examples/slurm/two-nodes.sh
#
# It makes the packs once without Slurm, then as an array job of which one node is killed in the middle and its task queued again, and
# compares all files. It needs root because Slurm's daemons do, writes only below a folder of its own, and ends its daemons.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export DEMARC=${DEMARC:-demarc}
copies=${COPIES:-12}
work=$(mktemp -d)
host=$(hostname -s)

systems=$work/systems
mkdir -p "$systems" "$work/state" "$work/spool-a" "$work/spool-b" "$work/log"
for i in $(seq 1 "$copies"); do cp "${SYSTEM:-$here/../../samples/manufacturer/system.yaml}" "$systems/system-$i.yaml"; done
cp "$here/../../samples/manufacturer/statements.yaml" "$systems/statements.yml"
sed -i 's/statements\.yaml/statements.yml/' "$systems"/*.yaml

cat >"$work/slurm.conf" <<CONF
ClusterName=trial
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/log/slurmctld
SlurmdLogFile=$work/log/slurmd-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdTimeout=10
MinJobAge=300
JobRequeue=1
ReturnToService=2
SlurmctldParameters=requeue_delay=1
NodeName=a NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=1 State=UNKNOWN
NodeName=b NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=a,b Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$work/slurm.conf

daemons=()
stop() {
  scancel --quiet --user=root 2>/dev/null || true
  for pid in "${daemons[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
} 2>/dev/null
trap stop EXIT
pgrep -x munged >/dev/null || { mkdir -p /run/munge && chown munge: /run/munge && runuser -u munge -- /usr/sbin/munged; }
slurmctld -D >/dev/null 2>&1 & daemons+=($!)
sleep 2
slurmd -D -N a >/dev/null 2>&1 & daemons+=($!)
slurmd -D -N b >/dev/null 2>&1 & killed=$!; daemons+=($killed)
for _ in $(seq 30); do [ "$(sinfo -h -t idle -o %D)" = 2 ] && break; sleep 1; done
sinfo -N -h -o '%N %T'

echo "one machine:"
$DEMARC pack "$systems"/*.yaml -o "$work/alone" --jobs 2 >/dev/null

echo "two nodes, one of them killed:"
job=$(cd "$work/log" && sbatch --parsable --array=1-4 "$here/packs.sbatch" "$systems" "$work/packs")
victim=
for _ in $(seq 60); do
  victim=$(squeue -h -r -w b -t R -o %i -j "$job" 2>/dev/null | head -1)
  [ -n "$victim" ] && [ -n "$(ls "$work/packs" 2>/dev/null)" ] && break
  sleep 0.2
done
[ -n "$victim" ] || { echo "no task ran on node b"; exit 1; }
echo "  killing node b while it runs task $victim"
kill -9 "$killed"
# A node that dies takes everything with it that runs on it.
for process in /proc/[0-9]*; do
  if grep -qsz '^SLURMD_NODENAME=b$' "$process/environ"; then kill -9 "${process#/proc/}" 2>/dev/null || true; fi
done
scontrol update NodeName=b State=DOWN Reason=killed
sleep 1
slurmd -D -N b >/dev/null 2>&1 & daemons+=($!)
scontrol update NodeName=b State=RESUME 2>/dev/null || true
for _ in $(seq 300); do [ -z "$(squeue -h -j "$job" 2>/dev/null)" ] && break; sleep 1; done
scontrol show job "$job" | grep -oE 'JobId=[0-9]+|ArrayTaskId=[0-9]+|JobState=[A-Z]+|Restarts=[0-9]+|NodeList=[ab]' | paste -sd' ' | sed 's/ JobId/\n  JobId/g; s/^/  /'
scontrol show job "$job" | grep -qE 'Restarts=[1-9]' || { echo "no task was queued again"; exit 1; }
diff -r "$work/alone" "$work/packs"
echo "the same $(find "$work/packs" -type f | wc -l) files"
