#include "rows.h"

namespace portal::simulator {

std::uint64_t script_index(const Job& job) {
    if (job.script_job == 0) return kFirstId + job.id % kScripts;
    return kFirstId + 1000 + job.script_job % 1000;
}

std::string ordinary_script(unsigned index) {
    return "#!/bin/bash\n#SBATCH --time=03:00:00\n#SBATCH --mem-per-cpu=4G\n\nmodule load "
           "python/3.11\n\n"
           "for step in {1.." +
           std::to_string(index + 1) +
           "}; do\n    if (( step % 2 )); then\n"
           "        srun python3 train.py --step \"$step\" --seed " +
           std::to_string(index * 7919) + "\n    fi\ndone\n";
}

std::string script(const Job& job) {
    if (job.script_job == 0) return ordinary_script(static_cast<unsigned>(job.id % kScripts));
    return "#!/bin/bash\n#SBATCH --job-name=" + job.story +
           "\n#SBATCH --ntasks=" + std::to_string(job.cores) +
           "\n\n# <script>alert(\"é\")</script> & 5 > 3\n\n" + job.script +
           "if [ -d \"$SLURM_TMPDIR\" ]; then\n\tcp input.dat \"$SLURM_TMPDIR\"/\nfi\n\nsrun " +
           job.does.program + " --story " + job.story + "\n";
}

}  // namespace portal::simulator
