/* The first process of a pod whose containers share their process namespace: it lives, buries orphans, and goes when asked to.
 * Linked statically: its root file system holds nothing else. With an argument it ends at once (the start-up probe runs that). */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave(int number)
{
    (void)number;
    _exit(0);
}

static void bury(int number)
{
    (void)number;
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
}

int main(int count, char** arguments)
{
    (void)arguments;
    if (count > 1)
        return 0;
    struct sigaction action = {.sa_handler = leave};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = bury;
    action.sa_flags = SA_NOCLDSTOP | SA_RESTART;
    sigaction(SIGCHLD, &action, NULL);
    bury(0);
    for (;;)
        pause();
}
