#pragma once

#include <sys/wait.h>
#include <unistd.h>

namespace portal::fakes {

/// Runs in a process of its own; its exit code, or -1 if a signal ended it.
template <class Work>
int in_child(Work work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace portal::fakes
