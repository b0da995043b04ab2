# Copyright A. Author. Licensed under the Apache License, Version 2.0

import os
