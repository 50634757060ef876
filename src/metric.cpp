#include "gridgrad/metric.hpp"
namespace gridgrad { }
