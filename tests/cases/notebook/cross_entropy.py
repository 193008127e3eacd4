# %% [markdown] lang="ko"
# # 교차 엔트로피 { #cross-entropy }
#
# 둘째 레슨입니다.
#
# ## 바닥 { #floor }
#
# 끝입니다.

# %% [markdown] lang="en"
# # Cross entropy { #cross-entropy }
#
# A second lesson.
#
# ## The floor { #floor }
#
# The end.

# %%
x = 1
