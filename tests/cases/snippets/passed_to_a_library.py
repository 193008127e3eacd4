# %% [markdown]
# # Case { #case }

# %%
import heapq  # kept
import math

heap = [3, 2, 1]  # kept
heapq.heapify(heap)  # kept
total = math.fsum(heap)

# %%
print(heap)
# > [1, 2, 3]
