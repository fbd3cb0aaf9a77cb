#include "live.h"
namespace portal::simulator {
void run_live(const LiveOptions&) {}
}
